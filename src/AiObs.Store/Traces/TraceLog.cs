using Microsoft.Extensions.Logging;

namespace AiObs.Store.Traces;

/// <summary>The log records about the trace store; none of them holds content.</summary>
internal static partial class TraceLog
{
    [LoggerMessage(
        EventId = 90,
        Level = LogLevel.Warning,
        Message = "The trace store failed with {ExceptionType}; its spans are kept and written again. {StackTrace}")]
    public static partial void TraceStoreFailed(this ILogger logger, string? exceptionType, string? stackTrace);

    [LoggerMessage(EventId = 91, Level = LogLevel.Information, Message = "The trace store works again after {Failures} failures; {Queued} spans wait.")]
    public static partial void TraceStoreRecovered(this ILogger logger, int failures, long queued);

    [LoggerMessage(
        EventId = 92,
        Level = LogLevel.Warning,
        Message = "The queue of the trace store is full; spans are dropped. This is logged once until the store has written again, and counted in aiobs.traces.dropped.")]
    public static partial void TraceQueueFull(this ILogger logger);

    [LoggerMessage(
        EventId = 93,
        Level = LogLevel.Error,
        Message = "The trace store took too long and does not end when it is cancelled. Nothing else is written to it before that write ends.")]
    public static partial void TraceStoreHung(this ILogger logger);

    [LoggerMessage(EventId = 94, Level = LogLevel.Error, Message = "The trace store was stopped with {Count} spans unwritten; they are lost.")]
    public static partial void TracesUnwritten(this ILogger logger, int count);

    [LoggerMessage(EventId = 95, Level = LogLevel.Warning, Message = "The trace store refused a span with {ExceptionType} while it accepted others; the span is lost.")]
    public static partial void SpanRefused(this ILogger logger, string? exceptionType);

    [LoggerMessage(
        EventId = 96,
        Level = LogLevel.Warning,
        Message = "The trace store failed with {ExceptionType} while it dropped what is too old; it is tried again after {Interval}. {StackTrace}")]
    public static partial void TraceRetentionFailed(this ILogger logger, string? exceptionType, TimeSpan interval, string? stackTrace);
}

using Microsoft.Extensions.Logging;

namespace AiObs.Events;

/// <summary>The log records about event sinks; none of them holds content.</summary>
internal static partial class EventSinkLog
{
    [LoggerMessage(
        EventId = 40,
        Level = LogLevel.Warning,
        Message = "Event sink {Sink} failed with {ExceptionType}; its events are kept and written again. {StackTrace}")]
    public static partial void SinkFailed(this ILogger logger, string sink, string? exceptionType, string? stackTrace);

    [LoggerMessage(
        EventId = 41,
        Level = LogLevel.Error,
        Message = "Event sink {Sink} failed {Failures} times in a row, last with {ExceptionType}. It is tried again with pauses of up to {MaxBackOff}; until then, calls do not wait for it.")]
    public static partial void SinkBroken(this ILogger logger, string sink, int failures, string? exceptionType, TimeSpan maxBackOff);

    [LoggerMessage(
        EventId = 42,
        Level = LogLevel.Information,
        Message = "Event sink {Sink} works again after {Failures} failures; {Queued} events wait.")]
    public static partial void SinkRecovered(this ILogger logger, string sink, int failures, long queued);

    [LoggerMessage(
        EventId = 43,
        Level = LogLevel.Warning,
        Message = "The queue of event sink {Sink} is full ({Capacity} events, or {CapacityBytes} bytes); events are dropped. This is logged once until the sink has written again, and counted in aiobs.events.dropped.")]
    public static partial void QueueFull(this ILogger logger, string sink, int capacity, long capacityBytes);

    [LoggerMessage(
        EventId = 44,
        Level = LogLevel.Error,
        Message = "Event sink {Sink} took longer than {Timeout} and does not end when it is cancelled. Nothing else is written to it before that write ends.")]
    public static partial void SinkHung(this ILogger logger, string sink, TimeSpan timeout);

    [LoggerMessage(
        EventId = 45,
        Level = LogLevel.Error,
        Message = "Event sink {Sink} was stopped with {Count} events unwritten; they are lost.")]
    public static partial void StoppedUnwritten(this ILogger logger, string sink, int count);

    [LoggerMessage(
        EventId = 46,
        Level = LogLevel.Warning,
        Message = "Durable event sink {Sink} left events unconfirmed. {Reason}")]
    public static partial void Unconfirmed(this ILogger logger, string sink, string reason);

    [LoggerMessage(
        EventId = 47,
        Level = LogLevel.Error,
        Message = "Event sink {Sink} refused event {EventId} of type {Type} while it accepted others, last with {ExceptionType}; the event is lost.")]
    public static partial void EventRefused(this ILogger logger, string sink, Guid eventId, string type, string? exceptionType);

    [LoggerMessage(
        EventId = 48,
        Level = LogLevel.Error,
        Message = "{Name} did not end its disposal within {Timeout}; it is left behind.")]
    public static partial void LeftBehind(this ILogger logger, string name, TimeSpan timeout);
}

using Microsoft.Extensions.Logging;

namespace AiObs.Store.Events;

/// <summary>The log records about scheduled verifications; none of them holds content.</summary>
internal static partial class VerificationLog
{
    [LoggerMessage(EventId = 97, Level = LogLevel.Error, Message = "The event log {Store} is not intact: {Count} faults, the first a {Kind}. IEventLog.VerifyAsync tells all of them.")]
    public static partial void LogNotIntact(this ILogger logger, string store, int count, EventLogFaultKind kind);

    [LoggerMessage(EventId = 98, Level = LogLevel.Warning, Message = "The event log {Store} could not be verified ({ExceptionType}); it is tried again after {Interval}. {StackTrace}")]
    public static partial void LogNotVerified(this ILogger logger, string store, string? exceptionType, TimeSpan interval, string? stackTrace);
}

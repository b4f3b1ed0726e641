using Microsoft.Extensions.Logging;

namespace AiObs.Store.Events;

/// <summary>The log records of what event logs refuse.</summary>
internal static partial class ConflictLog
{
    [LoggerMessage(
        EventId = 50,
        Level = LogLevel.Error,
        Message = "An event was left out, because the event log has another one under its id {EventId}. Give each event an id of its own; only the same event may be raised again.")]
    public static partial void EventConflicts(this ILogger logger, Guid eventId);
}

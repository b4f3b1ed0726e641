using AiObs.Events;

namespace AiObs.Store.Events;

/// <summary>Makes the events that a log writes about itself.</summary>
internal static class LogEvents
{
    /// <summary>Returns an id for an event of a time. A clock that was never set may stand before 1970, where ids of this kind begin.</summary>
    public static Guid NewId(DateTimeOffset time) => Guid.CreateVersion7(time < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : time);

    /// <summary>Tells of an erasure: how many, why, and by which filters. Filters are names that the log has as facts anyway.</summary>
    public static AgentEvent ContentErased(Guid id, DateTimeOffset time, EventQuery query, string reason, long count) => new()
    {
        Id = id,
        Time = time,
        Type = AgentEventTypes.ContentErased,
        Data = new Dictionary<string, object?>
        {
            [EventDataKeys.Count] = count,
            [EventDataKeys.Reason] = reason,
            [EventDataKeys.Filter] = Set(
                (AgentEventJson.ConversationId, query.ConversationId),
                (AgentEventJson.UserId, query.UserId),
                (AgentEventJson.SessionId, query.SessionId),
                (AgentEventJson.Type, query.Type),
                (AgentEventJson.TraceId, query.TraceId),
                ("after", query.After),
                ("before", query.Before)),
        },
    };

    /// <summary>Tells of dropped events: how many, and by which rule.</summary>
    public static AgentEvent RetentionApplied(Guid id, DateTimeOffset time, EventRetention retention, long count) => new()
    {
        Id = id,
        Time = time,
        Type = AgentEventTypes.RetentionApplied,
        Data = Set(
            (EventDataKeys.Count, count),
            (EventDataKeys.MaxAge, retention.MaxAge),
            (EventDataKeys.MaxEvents, retention.MaxEvents)),
    };

    private static Dictionary<string, object?> Set(params ReadOnlySpan<(string Key, object? Value)> entries)
    {
        var data = new Dictionary<string, object?>();
        foreach (var (key, value) in entries)
        {
            if (value is not null)
            {
                data.Add(key, value);
            }
        }

        return data;
    }
}

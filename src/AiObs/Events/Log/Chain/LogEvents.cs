namespace AiObs.Events.Log.Chain;

/// <summary>Makes the events that a log writes about itself.</summary>
internal static class LogEvents
{
    /// <summary>The key of how many events were erased, or dropped.</summary>
    public const string CountKey = "count";

    /// <summary>Tells of an erasure: how many, why, and by which filters. Filters are names that the log has as facts anyway.</summary>
    public static AgentEvent ContentErased(Guid id, DateTimeOffset time, EventQuery query, string reason, long count)
    {
        var data = new Dictionary<string, object?> { [CountKey] = count, ["reason"] = reason };
        AddFilters(data, query);
        return new AgentEvent { Id = id, Time = time, Type = AgentEventTypes.ContentErased, Data = data };
    }

    /// <summary>Tells of dropped events: how many, and by which rule.</summary>
    public static AgentEvent RetentionApplied(Guid id, DateTimeOffset time, EventRetention retention, long count)
    {
        var data = new Dictionary<string, object?> { [CountKey] = count };
        AddIfSet(data, "max_age", retention.MaxAge);
        AddIfSet(data, "max_events", retention.MaxEvents);
        return new AgentEvent { Id = id, Time = time, Type = AgentEventTypes.RetentionApplied, Data = data };
    }

    private static void AddFilters(Dictionary<string, object?> data, EventQuery query)
    {
        AddIfSet(data, "conversation_id", query.ConversationId);
        AddIfSet(data, "user_id", query.UserId);
        AddIfSet(data, "session_id", query.SessionId);
        AddIfSet(data, "type", query.Type);
        AddIfSet(data, "trace_id", query.TraceId);
        AddIfSet(data, "after", query.After);
        AddIfSet(data, "before", query.Before);
    }

    private static void AddIfSet(Dictionary<string, object?> data, string key, object? value)
    {
        if (value is not null)
        {
            data[key] = value;
        }
    }
}

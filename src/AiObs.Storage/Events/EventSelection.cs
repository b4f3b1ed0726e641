using AiObs.Events.Log;

namespace AiObs.Storage.Events;

/// <summary>Turns the filters of a query into a condition on <c>e</c>, the events.</summary>
internal static class EventSelection
{
    /// <summary>Returns the condition.</summary>
    public static SqlCondition Of(SqlDialect dialect, EventFilter filter)
    {
        var condition = new SqlCondition();

        // The first that is set is the one whose index is read: each names more events than the one before.
        AddEqual("trace_id", filter.TraceId);
        AddEqual("conversation_id", filter.ConversationId);
        AddEqual("session_id", filter.SessionId);
        AddEqual("user_id", filter.UserId);
        AddEqual("type", filter.Type);
        condition.Add($"{Column("ticks")} >= @after", "@after", filter.AfterTicks);
        condition.Add($"{Column("ticks")} <= @before", "@before", filter.BeforeTicks);
        return condition;

        void AddEqual(string column, string? value) => condition.Add($"{Column(column)} = @{column}", $"@{column}", value);

        string Column(string column) => condition.IsEmpty ? $"e.{column}" : dialect.WithoutIndex($"e.{column}");
    }
}

using AiObs.Store.Events;

namespace AiObs.Store.Sql.Events;

/// <summary>Turns the filters of a query into a condition on <c>e</c>, the events.</summary>
internal static class EventSelection
{
    private const string Since = "ticks >= @after";
    private const string Until = "ticks <= @before";

    /// <summary>Returns the condition for what does not depend on the order of events.</summary>
    public static SqlCondition Of(SqlDialect dialect, EventFilter filter)
    {
        var condition = OfNames(dialect, filter);
        AddTimes(condition, filter, condition.IsEmpty ? "e." : dialect.WithoutIndex("e."));
        return condition;
    }

    /// <summary>Returns the condition for a page, which is read in the order of positions.</summary>
    public static SqlCondition OfPage(SqlDialect dialect, EventFilter filter)
    {
        var condition = OfNames(dialect, filter);
        AddTimes(condition, filter, dialect.WithoutIndex("e."));
        if (filter is { ConversationId: null, UserId: null, SessionId: null, TraceId: null } && (filter.AfterTicks ?? filter.BeforeTicks) is not null)
        {
            condition.Add(dialect.PositionsWithin(TimesOf(filter)));
        }

        return condition;
    }

    /// <summary>Returns the ids that a query names.</summary>
    public static IEnumerable<string> NamesOf(EventFilter filter) => new[] { filter.TraceId, filter.ConversationId, filter.SessionId, filter.UserId }.OfType<string>();

    private static SqlCondition OfNames(SqlDialect dialect, EventFilter filter)
    {
        var condition = new SqlCondition();

        // The first that is set is the one whose index is read: each names more events than the one before.
        Add("trace_id", filter.TraceId);
        Add("conversation_id", filter.ConversationId);
        Add("session_id", filter.SessionId);
        Add("user_id", filter.UserId);
        Add("type", filter.Type);
        return condition;

        void Add(string column, string? value) =>
            condition.Add($"{(condition.IsEmpty ? "e." : dialect.WithoutIndex("e."))}{column} = @{column}", $"@{column}", value);
    }

    private static void AddTimes(SqlCondition condition, EventFilter filter, string prefix)
    {
        condition.Add(prefix + Since, "@after", filter.AfterTicks);
        condition.Add(prefix + Until, "@before", filter.BeforeTicks);
    }

    private static string TimesOf(EventFilter filter) => (filter.AfterTicks, filter.BeforeTicks) switch
    {
        (not null, not null) => $"{Since} AND {Until}",
        (not null, null) => Since,
        _ => Until,
    };
}

using AiObs.Cost;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Costs;

/// <summary>Turns the filters of a query into a condition on <c>c</c>, the costs.</summary>
internal static class CostSelection
{
    /// <summary>Returns the condition.</summary>
    public static SqlCondition Of(SqlDialect dialect, CostQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var condition = new SqlCondition();
        condition.Add("c.conversation_id = @conversation", "@conversation", StoredText.Id(query.ConversationId));
        condition.Add("c.user_id = @user", "@user", StoredText.Id(query.UserId));
        condition.Add("c.session_id = @session", "@session", StoredText.Id(query.SessionId));
        condition.Add("c.provider = @provider", "@provider", StoredText.Id(query.Provider));
        condition.Add("c.model = @model", "@model", StoredText.Id(query.Model));
        condition.Add("c.trace_id = @trace", "@trace", StoredText.Id(query.TraceId));
        if (query.TraceIds is { } ids)
        {
            condition.Add(dialect.IsIn("c.trace_id", "@traces"), "@traces", dialect.Parameter([.. ids.Select(static id => StoredText.Id(id)!)]));
        }

        condition.Add("c.position IN (SELECT t.position FROM aiobs_cost_tags t WHERE t.tag = @tag)", "@tag", StoredText.Id(query.Tag));
        condition.Add("c.ticks >= @after", "@after", query.After?.UtcTicks);
        condition.Add("c.ticks <= @before", "@before", query.Before?.UtcTicks);
        return condition;
    }

    /// <summary>Returns the ids that a query names.</summary>
    public static IEnumerable<string> NamesOf(CostQuery query) =>
        new[] { query.ConversationId, query.UserId, query.SessionId }.OfType<string>().Select(static id => StoredText.Id(id)!);
}

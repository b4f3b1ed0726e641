using System.Globalization;
using AiObs.Store.Conversations;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Conversations;

/// <summary>Turns the filters of a query into a condition on <c>c</c>, the conversations.</summary>
internal static class ConversationSelection
{
    public static SqlCondition Of(ConversationQuery query)
    {
        var condition = new SqlCondition();
        if (query.Tenant is { } tenant && !StoredText.IsStorable(tenant))
        {
            // No commit takes it, and what it would be stored as may be somebody else.
            condition.Add("1 = 0");
            return condition;
        }

        condition.Add("c.tenant = @tenant", "@tenant", query.Tenant);
        condition.Add("c.user_id = @user", "@user", StoredText.OrNull(query.UserId));
        condition.Add("c.created_ticks >= @after", "@after", query.After?.UtcTicks);
        condition.Add("c.created_ticks <= @before", "@before", query.Before?.UtcTicks);
        condition.Add("c.expires_ticks <= @expires", "@expires", query.ExpiresBefore?.UtcTicks);
        condition.Add($"c.{(query.IncludeHidden ? ConversationRows.IsNotErased : ConversationRows.IsThere)}");
        foreach (var (index, tag) in query.Tags.Index())
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"@tag{index}");
            condition.Add($"c.position IN (SELECT conversation FROM aiobs_conversation_tags WHERE tag = {name})", name, StoredText.Of(tag));
        }

        return condition;
    }

    /// <summary>Returns a page of conversations, and one more where there is a next one.</summary>
    public static ValueTask<List<ConversationRow>> ListAsync(SqlSession read, ConversationQuery query, ConversationPosition? after, CancellationToken cancellationToken)
    {
        var condition = Of(query);
        condition.Add("(c.created_ticks, c.position) < (@start, @start_position)", "@start", after?.Ticks);
        var command = condition.BindTo(read.Command(
            $"SELECT {ConversationRows.Columns} FROM aiobs_conversations c WHERE {condition} ORDER BY c.created_ticks DESC, c.position DESC LIMIT @limit"));
        if (after is { } start)
        {
            command.Bind("@start_position", start.Row);
        }

        return command.Bind("@limit", query.PageSize + 1).ReadAllAsync(ConversationRows.Read, cancellationToken);
    }

    public static async ValueTask<long> CountAsync(SqlSession read, ConversationQuery query, CancellationToken cancellationToken)
    {
        var condition = Of(query);
        var count = await condition.BindTo(read.Command($"SELECT count(*) FROM aiobs_conversations c WHERE {condition}"))
            .ReadAllAsync(static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        return count[0];
    }
}

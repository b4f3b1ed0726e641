using AiObs.Store.Conversations;

namespace AiObs.Store.Sql.Conversations;

/// <summary>Reads messages along a path of branches: an index range for each branch, until the page is full.</summary>
internal sealed class MessageReads(SqlDialect dialect, SqlSession read, CancellationToken cancellationToken)
{
    private const string AsOfSql = "SELECT branch, last_sequence FROM aiobs_conversation_commits WHERE conversation = @conversation AND version = @version";

    public async ValueTask<MessagePage> ReadAsync(ConversationRow conversation, MessageQuery query)
    {
        var (present, last) = await FindEndAsync(conversation, query.AsOfVersion).ConfigureAwait(false);
        var branch = query.Branch ?? present;
        if (branch < 0 || branch >= conversation.State.BranchCount)
        {
            return new([], HasMore: false);
        }

        // A number before all others has none before it.
        var end = Math.Min(last, query.BeforeSequence is { } before and > long.MinValue ? before - 1 : query.BeforeSequence ?? long.MaxValue);
        var path = await BranchRows.PathAsync(read, conversation.Position, branch, end, cancellationToken).ConfigureAwait(false);
        List<StoredMessage> messages = [];
        foreach (var range in query.IsDescending ? path : path.Reverse())
        {
            if (messages.Count <= query.PageSize && range.UpToSequence > (query.AfterSequence ?? 0))
            {
                messages.AddRange(await ReadAsync(conversation.Position, range, query, query.PageSize + 1 - messages.Count).ConfigureAwait(false));
            }
        }

        var hasMore = messages.Count > query.PageSize;
        return new(hasMore ? messages[..query.PageSize] : messages, hasMore);
    }

    /// <summary>Returns the branch that was present with a version, and the last message.</summary>
    private async ValueTask<(int Branch, long LastSequence)> FindEndAsync(ConversationRow conversation, long? version)
    {
        if (version is not { } asOf || asOf >= conversation.State.Version)
        {
            return (conversation.State.Branch, conversation.State.MessageCount);
        }

        var found = await read.Command(AsOfSql).Bind("@conversation", conversation.Position).Bind("@version", asOf)
            .ReadAllAsync(static row => (checked((int)row.GetInt64(0)), row.GetInt64(1)), cancellationToken).ConfigureAwait(false);
        return found.SingleOrDefault();
    }

    private ValueTask<List<StoredMessage>> ReadAsync(long conversation, BranchRange range, MessageQuery query, int limit)
    {
        var direction = query.IsDescending ? "DESC" : "ASC";

        // What always stands has an index of its own, which has the branch last: SQLite would read the whole branch.
        var (branch, standing) = query.OnlyStanding ? ($"{dialect.WithoutIndex("m.")}branch", "AND (m.is_pinned = 1 OR m.role = 'system') ") : ("m.branch", "");
        return read.Command(
            $"""
            SELECT {MessageRows.Columns} FROM {MessageRows.From}
            WHERE m.conversation = @conversation AND {branch} = @branch AND m.sequence > @after AND m.sequence <= @last {standing}ORDER BY m.sequence {direction} LIMIT @limit
            """)
            .Bind("@conversation", conversation)
            .Bind("@branch", (long)range.Branch)
            .Bind("@after", query.AfterSequence ?? 0)
            .Bind("@last", range.UpToSequence)
            .Bind("@limit", limit)
            .ReadAllAsync(MessageRows.Read, cancellationToken);
    }
}

using AiObs.Store.Conversations;
using AiObs.Store.Events;
using AiObs.Store.Sql.Facts;

namespace AiObs.Store.Sql.Conversations;

/// <summary>Everything that one transaction does to a conversation, up to its commit.</summary>
/// <param name="dialect">The kind of database.</param>
/// <param name="write">The transaction.</param>
/// <param name="commit">What is to be done.</param>
/// <param name="leaving">Events that are to be stored with it, on their way to the log.</param>
/// <param name="cancellationToken">Cancels it.</param>
internal sealed class ConversationWrite(SqlDialect dialect, SqlSession write, ConversationCommit commit, IReadOnlyList<PreparedEvent> leaving, CancellationToken cancellationToken)
{
    private const string BranchOfSql = "SELECT branch FROM aiobs_messages WHERE conversation = @conversation AND sequence = @sequence";

    private const string DeleteTagsSql = "DELETE FROM aiobs_conversation_tags WHERE conversation = @conversation";

    private static readonly BulkTable Commits = new(
        "aiobs_conversation_commits",
        Key: null,
        [("conversation", typeof(long)), ("version", typeof(long)), ("ticks", typeof(long)), ("branch", typeof(long)), ("last_sequence", typeof(long))],
        Replaces: false);

    /// <summary>What is done to a conversation that is erased, besides to its own row. Its id, counts and times stay, and so do the costs and the events of it.</summary>
    private static readonly string[] EraseSql =
    [
        "UPDATE aiobs_message_contents SET content = NULL, salt = NULL WHERE conversation = @conversation AND content IS NOT NULL",
        "UPDATE aiobs_messages SET status = 'Erased' WHERE conversation = @conversation",
        "UPDATE aiobs_turns SET response = NULL, continuation = NULL WHERE conversation = @conversation AND (response IS NOT NULL OR continuation IS NOT NULL)",
        "DELETE FROM aiobs_summaries WHERE conversation = @conversation",
        DeleteTagsSql,
    ];

    /// <summary>Does what the commit says; where it was made before, the transaction must not be committed.</summary>
    /// <exception cref="ConversationNotFoundException">There is no such conversation, or none any more.</exception>
    /// <exception cref="ConversationConflictException">It is not as expected.</exception>
    /// <exception cref="ArgumentException">A branch or a message to fork after is not there.</exception>
    public async ValueTask<CommitResult> RunAsync()
    {
        ConversationRow? changed;
        while ((changed = await ConversationChange.TryAsync(write, commit, cancellationToken).ConfigureAwait(false)) is null)
        {
            if (await CreateOrFindReplayAsync().ConfigureAwait(false) is { } replay)
            {
                return replay;
            }
        }

        var branch = await FindBranchAsync(changed).ConfigureAwait(false);
        var messages = commit.Messages.Select((message, index) => message with
        {
            Sequence = changed.State.MessageCount - commit.Messages.Count + index + 1,
            Version = changed.State.Version,
            Branch = branch,
            Commitment = message.Content!.Commitment,
        }).ToArray();
        await RemoveAsync(changed.Position).ConfigureAwait(false);
        if (!await AddAsync(changed, messages).ConfigureAwait(false))
        {
            return await FindReplayAsync(changed.Position, changed.State.Version - 1).ConfigureAwait(false) ?? throw CommitCheck.IdTaken(commit, messages[0].Id, changed.State.Version - 1);
        }

        return new(changed.State.Version, branch, [.. messages.Select(static message => message.Sequence)], IsCreated: changed.State.Version == 1, IsReplay: false, HasEvents: false);
    }

    /// <summary>Finds out why there is no conversation as the commit expects it, and adds one where it may be made.</summary>
    /// <returns>What came of it the first time; <see langword="null"/> where the change has to be tried again.</returns>
    private async ValueTask<CommitResult?> CreateOrFindReplayAsync()
    {
        var found = await ConversationRows.FindAsync(write, commit.Tenant, commit.ConversationId, cancellationToken).ConfigureAwait(false);
        if (found is null && commit is { Create: { } create, ExpectedVersion: null or 0 })
        {
            // Where somebody else creates it at the same time, his is there now.
            await ConversationRows.InsertAsync(dialect, write, commit, create, cancellationToken).ConfigureAwait(false);
            return null;
        }

        if (found is null || !ConversationChange.IsReachable(found.State, commit))
        {
            throw new ConversationNotFoundException(commit.ConversationId);
        }

        if (await FindReplayAsync(found.Position, found.State.Version).ConfigureAwait(false) is { } replay)
        {
            return replay;
        }

        CommitCheck.ThrowIfUnexpected(commit, found.State.Version);
        return null;
    }

    /// <summary>Finds out whether the commit was made before.</summary>
    /// <exception cref="ConversationConflictException">The conversation has another message under one of the ids.</exception>
    private async ValueTask<CommitResult?> FindReplayAsync(long conversation, long version)
    {
        if (commit.Messages.Count == 0)
        {
            return null;
        }

        var query = write.Command($"SELECT {MessageRows.Columns} FROM {MessageRows.From} WHERE m.conversation = @conversation AND {dialect.IsIn("m.id", "@ids")}")
            .Bind("@conversation", conversation)
            .Bind("@ids", dialect.Parameter([.. commit.Messages.Select(static message => message.Id)]));
        var known = (await query.ReadAllAsync(MessageRows.Read, cancellationToken).ConfigureAwait(false))
            .Where(message => message.Version <= version)
            .ToDictionary(static message => message.Id, StringComparer.Ordinal);
        if (known.Count == 0)
        {
            return null;
        }

        if (commit.Messages.FirstOrDefault(message => known.GetValueOrDefault(message.Id)?.Content?.Json != message.Content!.Json) is not null)
        {
            throw CommitCheck.IdTaken(commit, commit.Messages.First(message => known.ContainsKey(message.Id)).Id, version);
        }

        var stored = commit.Messages.Select(message => known[message.Id]).ToArray();
        return new(stored[^1].Version, stored[^1].Branch, [.. stored.Select(static message => message.Sequence)], IsCreated: false, IsReplay: true, HasEvents: false);
    }

    /// <summary>Finds the branch that takes the messages; a new one is added.</summary>
    private async ValueTask<int> FindBranchAsync(ConversationRow changed)
    {
        if (commit.Fork is not { } fork)
        {
            var named = commit.Branch ?? changed.State.Branch;
            return named >= 0 && named < changed.State.BranchCount ? named : throw CommitCheck.NoSuchBranch(commit, named);
        }

        var added = changed.State.BranchCount - 1;
        if (fork.Branch < 0 || fork.Branch >= added)
        {
            throw CommitCheck.NoSuchBranch(commit, fork.Branch);
        }

        if (!await HasAsync(changed.Position, fork).ConfigureAwait(false))
        {
            throw CommitCheck.NoSuchPlace(commit, fork);
        }

        await BranchRows.InsertAsync(write, changed.Position, added, fork, cancellationToken).ConfigureAwait(false);
        return added;
    }

    /// <summary>Tells whether a branch has the message that is to be the last one that both share.</summary>
    private async ValueTask<bool> HasAsync(long conversation, BranchPoint point)
    {
        if (point.AfterSequence == 0)
        {
            return true;
        }

        var branches = await write.Command(BranchOfSql).Bind("@conversation", conversation).Bind("@sequence", point.AfterSequence)
            .ReadAllAsync(static row => checked((int)row.GetInt64(0)), cancellationToken).ConfigureAwait(false);
        var path = await BranchRows.PathAsync(write, conversation, point.Branch, long.MaxValue, cancellationToken).ConfigureAwait(false);
        return branches is [var branch] && path.Any(range => range.Branch == branch && range.UpToSequence >= point.AfterSequence);
    }

    private async ValueTask RemoveAsync(long conversation)
    {
        if (commit.Update is not null)
        {
            await ExecuteAsync(DeleteTagsSql, conversation).ConfigureAwait(false);
        }

        if (commit.Delete == ConversationDelete.Erase)
        {
            foreach (var sql in EraseSql)
            {
                await ExecuteAsync(sql, conversation).ConfigureAwait(false);
            }

            await new FactWrite(dialect, write, cancellationToken).EraseOfAsync(commit.Tenant, commit.ConversationId, commit.At).ConfigureAwait(false);
        }
    }

    /// <summary>Adds all rows of the commit, together: whoever waits for the conversation waits for as long as this takes.</summary>
    /// <returns>Whether none of the messages was there; else nothing may stay of it.</returns>
    private async ValueTask<bool> AddAsync(ConversationRow changed, StoredMessage[] messages)
    {
        var (position, state) = changed;
        List<BulkRows> inserts = [.. MessageRows.Of(position, messages)];
        if (commit.Turn is { } turn)
        {
            inserts.Add(TurnRows.Of(position, turn));
        }

        if (commit.Update is { } update)
        {
            inserts.Add(ConversationRows.TagsOf(position, update.Tags));
        }

        inserts.Add(new(Commits, [[position, state.Version, commit.At.UtcTicks, (long)state.Branch, state.MessageCount]]));
        inserts.Add(OutboxRows.Of(leaving));
        var added = await dialect.InsertAsync(write, inserts, cancellationToken).ConfigureAwait(false);
        return added[0] == messages.Length;
    }

    private Task<int> ExecuteAsync(string sql, long conversation) => write.Command(sql).Bind("@conversation", conversation).ExecuteNonQueryAsync(cancellationToken);
}

using AiObs.Store.Conversations;
using AiObs.Store.Sql.Facts;

namespace AiObs.Store.Sql.Conversations;

/// <summary>Everything that one transaction does to a conversation, up to its commit.</summary>
internal sealed class ConversationWrite(SqlDialect dialect, SqlSession write, ConversationCommit commit, CancellationToken cancellationToken)
{
    private const string CommitSql = """
        INSERT INTO aiobs_conversation_commits (conversation, version, ticks, branch, last_sequence) VALUES (@conversation, @version, @ticks, @branch, @last)
        """;

    private const string BranchOfSql = "SELECT branch FROM aiobs_messages WHERE conversation = @conversation AND sequence = @sequence";

    private const string DeleteTagsSql = "DELETE FROM aiobs_conversation_tags WHERE conversation = @conversation";

    /// <summary>What is done to a conversation that is erased, besides to its own row. Its id, counts and times stay, and so do the costs and the events of it.</summary>
    private static readonly string[] EraseSql =
    [
        "UPDATE aiobs_message_contents SET content = NULL, salt = NULL WHERE conversation = @conversation AND content IS NOT NULL",
        "UPDATE aiobs_messages SET status = 'Erased' WHERE conversation = @conversation",
        "UPDATE aiobs_turns SET response = NULL WHERE conversation = @conversation AND response IS NOT NULL",
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
        if (!await AddAsync(changed.Position, messages).ConfigureAwait(false))
        {
            return await FindReplayAsync(changed.Position, changed.State.Version - 1).ConfigureAwait(false) ?? throw CommitCheck.IdTaken(commit, messages[0].Id, changed.State.Version - 1);
        }

        await ChangeRestAsync(changed).ConfigureAwait(false);
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

    /// <returns>Whether none of the messages was there.</returns>
    private async ValueTask<bool> AddAsync(long conversation, StoredMessage[] messages)
    {
        if (messages.Length == 0)
        {
            return true;
        }

        var added = await dialect.InsertAsync(
            write, MessageRows.Messages, [.. messages.Select(message => MessageRows.ValuesOf(conversation, message))], cancellationToken).ConfigureAwait(false);
        if (added < messages.Length)
        {
            return false;
        }

        await dialect.InsertAsync(
            write, MessageRows.Contents, [.. messages.Select(message => MessageRows.ContentOf(conversation, message))], cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async ValueTask ChangeRestAsync(ConversationRow changed)
    {
        if (commit.Turn is { } turn)
        {
            await TurnRows.WriteAsync(write, changed.Position, turn, cancellationToken).ConfigureAwait(false);
        }

        if (commit.Update is { } update)
        {
            await ExecuteAsync(DeleteTagsSql, changed.Position).ConfigureAwait(false);
            await ConversationRows.InsertTagsAsync(dialect, write, changed.Position, update.Tags, cancellationToken).ConfigureAwait(false);
        }

        if (commit.Delete == ConversationDelete.Erase)
        {
            foreach (var sql in EraseSql)
            {
                await ExecuteAsync(sql, changed.Position).ConfigureAwait(false);
            }

            await new FactWrite(dialect, write, cancellationToken).EraseOfAsync(commit.Tenant, commit.ConversationId, commit.At).ConfigureAwait(false);
        }

        await write.Command(CommitSql)
            .Bind("@conversation", changed.Position)
            .Bind("@version", changed.State.Version)
            .Bind("@ticks", commit.At.UtcTicks)
            .Bind("@branch", (long)changed.State.Branch)
            .Bind("@last", changed.State.MessageCount)
            .ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private Task<int> ExecuteAsync(string sql, long conversation) => write.Command(sql).Bind("@conversation", conversation).ExecuteNonQueryAsync(cancellationToken);
}

using System.Data.Common;

namespace AiObs.Store.Sql.Conversations;

/// <summary>The first statement of a commit: it locks the conversation, checks that it is as expected, changes it and gives the numbers out.</summary>
internal static class ConversationChange
{
    /// <summary>Makes the change.</summary>
    /// <returns>The conversation as it is now; <see langword="null"/> where none is as the commit expects.</returns>
    public static async ValueTask<ConversationRow?> TryAsync(SqlSession write, ConversationCommit commit, CancellationToken cancellationToken)
    {
        var command = write.Command(SqlOf(commit))
            .Bind("@tenant", commit.Tenant)
            .Bind("@id", commit.ConversationId)
            .Bind("@count", (long)commit.Messages.Count)
            .Bind("@at", commit.At.UtcTicks);
        Bind(command, commit);
        var changed = await command.ReadAllAsync(ConversationRows.Read, cancellationToken).ConfigureAwait(false);
        return changed.SingleOrDefault();
    }

    /// <summary>Tells whether a commit may touch a conversation: one that is hidden can be restored and erased alone.</summary>
    public static bool IsReachable(Conversation state, ConversationCommit commit) => state.DeletedAt is null || (!state.IsErased && IsOfHidden(commit));

    private static bool IsOfHidden(ConversationCommit commit) => commit.Restore || commit.Delete == ConversationDelete.Erase;

    private static string SqlOf(ConversationCommit commit)
    {
        var expected = commit.ExpectedVersion is null ? "" : " AND version = @expected";
        return $"""
            UPDATE aiobs_conversations AS c SET {string.Join(", ", ChangesOf(commit))}
            WHERE tenant = @tenant AND id = @id AND {(IsOfHidden(commit) ? ConversationRows.IsNotErased : ConversationRows.IsThere)}{expected}
            RETURNING {ConversationRows.Columns.Replace("c.", "", StringComparison.Ordinal)}
            """;
    }

    private static IEnumerable<string> ChangesOf(ConversationCommit commit)
    {
        yield return "version = version + 1, last_sequence = last_sequence + @count, updated_ticks = @at";
        if (commit.ExpiresAt is not null)
        {
            yield return "expires_ticks = @expires";
        }

        if (commit.Fork is not null)
        {
            yield return "branch_count = branch_count + 1";
        }

        if (commit.MakesCurrent && (commit.Fork is not null || commit.Branch is not null))
        {
            yield return commit.Fork is null ? "branch = @branch" : "branch = branch_count";
        }

        if (commit.Update is not null)
        {
            yield return "user_id = @user, title = @title, model = @model, tags = @tags, metadata = @metadata";
        }

        if (commit.Restore)
        {
            yield return "deleted_ticks = NULL";
        }

        if (commit.Delete is { } delete)
        {
            yield return "deleted_ticks = coalesce(deleted_ticks, @at)";
            if (delete == ConversationDelete.Erase)
            {
                yield return "erased_ticks = @at, title = NULL, tags = NULL, metadata = NULL";
            }
        }
    }

    private static void Bind(DbCommand command, ConversationCommit commit)
    {
        if (commit.ExpectedVersion is { } expected)
        {
            command.Bind("@expected", expected);
        }

        if (commit.ExpiresAt is { } expires)
        {
            command.Bind("@expires", expires.UtcTicks);
        }

        if (commit is { MakesCurrent: true, Fork: null, Branch: { } branch })
        {
            command.Bind("@branch", (long)branch);
        }

        if (commit.Update is { } update)
        {
            ConversationRows.Bind(command, update);
        }
    }
}

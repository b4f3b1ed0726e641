using AiObs.Store.Facts;

namespace AiObs.Store.Sql.Facts;

/// <summary>Everything that one transaction does to what is known of users, up to its commit.</summary>
internal sealed class FactWrite(SqlDialect dialect, SqlSession write, CancellationToken cancellationToken)
{
    private const string AddUserSql = "INSERT INTO aiobs_fact_users (tenant, user_id, version) VALUES (@tenant, @user, 0) ON CONFLICT (tenant, user_id) DO NOTHING";

    /// <summary>The lock and the check.</summary>
    private const string TakeSql =
        "UPDATE aiobs_fact_users SET version = version + 1 WHERE tenant = @tenant AND user_id = @user AND version = @expected RETURNING version";

    private const string VersionSql = "SELECT version FROM aiobs_fact_users WHERE tenant = @tenant AND user_id = @user";

    private const string AddPositionSql = """
        INSERT INTO aiobs_fact_positions (tenant, conversation_id, sequence) VALUES (@tenant, @conversation, @to)
        ON CONFLICT (tenant, conversation_id) DO UPDATE SET sequence = excluded.sequence WHERE aiobs_fact_positions.sequence = 0
        """;

    private const string MovePositionSql =
        "UPDATE aiobs_fact_positions SET sequence = @to WHERE tenant = @tenant AND conversation_id = @conversation AND sequence = @from";

    private const string PositionSql = "SELECT sequence FROM aiobs_fact_positions WHERE tenant = @tenant AND conversation_id = @conversation";

    private const string DropPositionSql = "DELETE FROM aiobs_fact_positions WHERE tenant = @tenant AND conversation_id = @conversation";

    private const string RaiseSql = "UPDATE aiobs_fact_users SET version = version + 1 WHERE tenant = @tenant AND user_id = @user";

    private const string RaiseOfSql = """
        UPDATE aiobs_fact_users SET version = version + 1 WHERE tenant = @tenant
        AND user_id IN (SELECT user_id FROM aiobs_facts WHERE tenant = @tenant AND conversation_id = @conversation AND content IS NOT NULL)
        """;

    private const string EraseProfilesSql = "UPDATE aiobs_profiles SET content = NULL WHERE tenant = @tenant AND user_id = @user AND content IS NOT NULL";

    /// <summary>Does what the commit says.</summary>
    /// <returns>The new version.</returns>
    /// <exception cref="FactConflictException">What is known is not as the commit expects.</exception>
    /// <exception cref="ArgumentException">A fact has the id of another.</exception>
    public async ValueTask<long> CommitAsync(FactCommit commit)
    {
        var version = await TakeAsync(commit).ConfigureAwait(false);
        if (commit.Position is { } position)
        {
            await MoveAsync(commit, position, version - 1).ConfigureAwait(false);
        }

        await EndAsync(commit).ConfigureAwait(false);
        var saved = commit.Saved.Select(fact => fact with { Version = version, CreatedAt = commit.At, EndedAt = null, SupersededBy = null });
        if (await FactRows.InsertAsync(dialect, write, commit, saved, cancellationToken).ConfigureAwait(false) < commit.Saved.Count)
        {
            throw FactCheck.IdTaken();
        }

        if (commit.Profile is { } profile)
        {
            await ProfileRows.InsertAsync(write, commit, profile, cancellationToken).ConfigureAwait(false);
        }

        return version;
    }

    /// <summary>Returns the version of what is known of a user; 0 where nothing ever was.</summary>
    public static async ValueTask<long> VersionAsync(SqlSession session, string tenant, string userId, CancellationToken cancellationToken) =>
        (await session.Command(VersionSql).Bind("@tenant", tenant).Bind("@user", userId).ReadAllAsync(static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false)).SingleOrDefault();

    /// <summary>Returns how far a conversation was read; 0 where it was not.</summary>
    public static async ValueTask<long> PositionAsync(SqlSession session, string tenant, string conversationId, CancellationToken cancellationToken) =>
        (await session.Command(PositionSql).Bind("@tenant", tenant).Bind("@conversation", conversationId)
            .ReadAllAsync(static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false)).SingleOrDefault();

    /// <summary>Erases everything of a user.</summary>
    public async ValueTask<FactErasure> EraseAsync(string tenant, string userId, DateTimeOffset at)
    {
        await write.Command(RaiseSql).Bind("@tenant", tenant).Bind("@user", userId).ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        var facts = await EraseFactsAsync(tenant, "user_id = @id", userId, at).ConfigureAwait(false);
        var profiles = await write.Command(EraseProfilesSql).Bind("@tenant", tenant).Bind("@user", userId).ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return new(facts, profiles);
    }

    /// <summary>Erases what comes from a conversation that is erased.</summary>
    public async ValueTask EraseOfAsync(string tenant, string conversationId, DateTimeOffset at)
    {
        await write.Command(DropPositionSql).Bind("@tenant", tenant).Bind("@conversation", conversationId).ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await write.Command(RaiseOfSql).Bind("@tenant", tenant).Bind("@conversation", conversationId).ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await EraseFactsAsync(tenant, "conversation_id = @id", conversationId, at).ConfigureAwait(false);
    }

    private Task<int> EraseFactsAsync(string tenant, string which, string id, DateTimeOffset at) => write
        .Command($"UPDATE aiobs_facts SET content = NULL, ended_ticks = coalesce(ended_ticks, @at) WHERE tenant = @tenant AND {which} AND content IS NOT NULL")
        .Bind("@tenant", tenant).Bind("@id", id).Bind("@at", at.UtcTicks).ExecuteNonQueryAsync(cancellationToken);

    private async ValueTask<long> TakeAsync(FactCommit commit)
    {
        if (commit.ExpectedVersion == 0)
        {
            await write.Command(AddUserSql).Bind("@tenant", commit.Tenant).Bind("@user", commit.UserId).ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        var taken = await write.Command(TakeSql).Bind("@tenant", commit.Tenant).Bind("@user", commit.UserId).Bind("@expected", commit.ExpectedVersion)
            .ReadAllAsync(static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        return taken is [var version]
            ? version
            : throw FactCheck.Unexpected(commit, await VersionAsync(write, commit.Tenant, commit.UserId, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Ends the facts of the keys that the commit speaks of.</summary>
    private async ValueTask EndAsync(FactCommit commit)
    {
        var successors = commit.Saved.ToDictionary(static fact => fact.Key, static fact => (string?)fact.Id, StringComparer.Ordinal);
        foreach (var key in commit.Ended)
        {
            successors.Add(key, null);
        }

        if (successors.Count > 0)
        {
            var believed = await FactRows.ListBelievedAsync(write, commit.Tenant, commit.UserId, cancellationToken).ConfigureAwait(false);
            var ended = believed.Where(fact => successors.ContainsKey(fact.Key)).Select(fact => fact with { EndedAt = commit.At, SupersededBy = successors[fact.Key] });
            await FactRows.EndAsync(dialect, write, commit, ended, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask MoveAsync(FactCommit commit, FactPosition position, long version)
    {
        var command = write.Command(position.From == 0 ? AddPositionSql : MovePositionSql)
            .Bind("@tenant", commit.Tenant).Bind("@conversation", position.ConversationId).Bind("@to", position.To);
        if (position.From > 0)
        {
            command.Bind("@from", position.From);
        }

        if (await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 0)
        {
            throw FactCheck.ReadByAnother(position, await PositionAsync(write, commit.Tenant, position.ConversationId, cancellationToken).ConfigureAwait(false), version);
        }
    }
}

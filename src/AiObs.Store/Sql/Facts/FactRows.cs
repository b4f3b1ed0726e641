using System.Data.Common;
using System.Globalization;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Facts;

/// <summary>Reads facts as they stand in their table, and writes new ones.</summary>
internal static class FactRows
{
    private const string Columns = "id, fact_key, content, confidence, conversation_id, message_id, version, created_ticks, ended_ticks, superseded_by";

    private static readonly BulkTable Added = new(
        "aiobs_facts",
        "tenant, user_id, id",
        [
            ("tenant", typeof(string)),
            ("user_id", typeof(string)),
            ("id", typeof(string)),
            ("fact_key", typeof(string)),
            ("content", typeof(string)),
            ("confidence", typeof(string)),
            ("conversation_id", typeof(string)),
            ("message_id", typeof(string)),
            ("version", typeof(long)),
            ("created_ticks", typeof(long)),
            ("ended_ticks", typeof(long)),
            ("superseded_by", typeof(string)),
        ],
        Replaces: false);

    private static readonly BulkTable Ended = Added with { Replaces = true };

    public static ValueTask<List<Fact>> ListAsync(SqlSession read, FactQuery query, CancellationToken cancellationToken)
    {
        var key = query.Key is null ? "" : " AND fact_key = @key";
        var time = query switch
        {
            { IncludeEnded: true } => "",
            { AsOf: not null } => " AND created_ticks <= @time AND (ended_ticks IS NULL OR ended_ticks > @time)",
            _ => " AND ended_ticks IS NULL",
        };
        var command = read.Command($"SELECT {Columns} FROM aiobs_facts WHERE tenant = @tenant AND user_id = @user{key}{time} ORDER BY position DESC LIMIT @limit")
            .Bind("@tenant", query.Tenant)
            .Bind("@user", query.UserId)
            .Bind("@limit", (long)query.MaxResults);
        if (query.Key is { } wanted)
        {
            command.Bind("@key", wanted);
        }

        if (query is { IncludeEnded: false, AsOf: { } asOf })
        {
            command.Bind("@time", asOf.UtcTicks);
        }

        return command.ReadAllAsync(Read, cancellationToken);
    }

    /// <summary>Returns all facts of a user that are believed.</summary>
    public static ValueTask<List<Fact>> ListBelievedAsync(SqlSession read, string tenant, string userId, CancellationToken cancellationToken) => read
        .Command($"SELECT {Columns} FROM aiobs_facts WHERE tenant = @tenant AND user_id = @user AND ended_ticks IS NULL")
        .Bind("@tenant", tenant).Bind("@user", userId)
        .ReadAllAsync(Read, cancellationToken);

    /// <summary>Adds facts.</summary>
    /// <returns>How many; fewer where the user has one with the same id.</returns>
    public static ValueTask<long> InsertAsync(SqlDialect dialect, SqlSession write, FactCommit commit, IEnumerable<Fact> facts, CancellationToken cancellationToken) =>
        dialect.InsertAsync(write, Added, [.. facts.Select(fact => ValuesOf(commit, fact))], cancellationToken);

    /// <summary>Writes facts that have ended in the place of what they were.</summary>
    public static async ValueTask EndAsync(SqlDialect dialect, SqlSession write, FactCommit commit, IEnumerable<Fact> facts, CancellationToken cancellationToken) =>
        await dialect.InsertAsync(write, Ended, [.. facts.Select(fact => ValuesOf(commit, fact))], cancellationToken).ConfigureAwait(false);

    private static object?[] ValuesOf(FactCommit commit, Fact fact) =>
    [
        commit.Tenant,
        commit.UserId,
        fact.Id,
        fact.Key,
        StoredText.OrNull(fact.Value),
        fact.Confidence.ToString("R", CultureInfo.InvariantCulture),
        StoredText.OrNull(fact.ConversationId),
        StoredText.OrNull(fact.MessageId),
        fact.Version,
        fact.CreatedAt.UtcTicks,
        fact.EndedAt?.UtcTicks,
        fact.SupersededBy,
    ];

    private static Fact Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Key = row.GetString(1),
        Value = row.FindString(2),
        Confidence = double.Parse(row.GetString(3), CultureInfo.InvariantCulture),
        ConversationId = row.FindString(4),
        MessageId = row.FindString(5),
        Version = row.GetInt64(6),
        CreatedAt = new(row.GetInt64(7), TimeSpan.Zero),
        EndedAt = row.FindInt64(8) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
        SupersededBy = row.FindString(9),
    };
}

using System.Data.Common;
using System.Globalization;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Facts;

/// <summary>Reads facts as they stand in their table, and writes new ones.</summary>
internal static class FactRows
{
    /// <summary>What took the place of a fact is the one of its key with the version that ended it.</summary>
    private const string Columns = """
        f.id, f.fact_key, f.content, f.confidence, f.conversation_id, f.message_id, f.version, f.created_ticks, f.ended_ticks,
        (SELECT n.id FROM aiobs_facts n WHERE n.tenant = f.tenant AND n.user_id = f.user_id AND n.fact_key = f.fact_key AND n.version = f.ended_version)
        """;

    private static readonly BulkTable Table = new(
        "aiobs_facts",
        "tenant, user_id, id",
        [
            ("tenant", typeof(string)),
            ("user_id", typeof(string)),
            ("id", typeof(string)),
            ("fact_key", typeof(string)),
            ("version", typeof(long)),
            ("content", typeof(string)),
            ("confidence", typeof(string)),
            ("conversation_id", typeof(string)),
            ("message_id", typeof(string)),
            ("created_ticks", typeof(long)),
        ],
        Replaces: false);

    public static ValueTask<List<Fact>> ListAsync(SqlSession read, FactQuery query, CancellationToken cancellationToken)
    {
        var key = query.Key is null ? "" : " AND f.fact_key = @key";
        var time = query switch
        {
            { IncludeEnded: true } => "",
            { AsOf: not null } => " AND f.created_ticks <= @time AND (f.ended_ticks IS NULL OR f.ended_ticks > @time)",
            _ => " AND f.ended_ticks IS NULL",
        };
        var command = read.Command($"SELECT {Columns} FROM aiobs_facts f WHERE f.tenant = @tenant AND f.user_id = @user{key}{time} ORDER BY f.position DESC LIMIT @limit")
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

    /// <summary>Adds facts.</summary>
    /// <returns>How many; fewer where the user has one with the same id.</returns>
    public static ValueTask<long> InsertAsync(SqlDialect dialect, SqlSession write, FactCommit commit, long version, CancellationToken cancellationToken) => dialect.InsertAsync(
        write,
        Table,
        [
            .. commit.Saved.Select(fact => new object?[]
            {
                commit.Tenant,
                commit.UserId,
                fact.Id,
                fact.Key,
                version,
                StoredText.Of(fact.Value!),
                fact.Confidence.ToString("R", CultureInfo.InvariantCulture),
                StoredText.OrNull(fact.ConversationId),
                StoredText.OrNull(fact.MessageId),
                commit.At.UtcTicks,
            }),
        ],
        cancellationToken);

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

using AiObs.Store.Tests.Databases;

namespace AiObs.Store.Tests.Upgrades;

/// <summary>A database of 0.1.0 in which somebody has put what no log writes is brought up to date all the same, and verification names the rows.</summary>
public sealed class ForgedFirstReleaseTests(DatabaseFixture databases)
{
    private static readonly EventLogOptions Keyed = new() { HmacKey = FirstRelease.Key };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task VerifyAsync_RowsOfOddTypes_AreSetAsideAndTold()
    {
        await using var database = await FirstRelease.CopyAsync(databases, DatabaseKind.Sqlite, isKeyed: true);
        await database.ExecuteAsync(
            """
            INSERT INTO aiobs_events (id, writer, sequence, ticks, type, conversation_id, data, hash)
                VALUES ('0123456789abcdef', 'x', 1, 638800000000000000, 'forged', 'keep', '{}', 'h');
            INSERT INTO aiobs_event_contents (position, content) SELECT position, 'forged' FROM aiobs_events WHERE type = 'retention_applied';
            INSERT INTO aiobs_event_checkpoints VALUES ('x', 1, 'h', 's');
            INSERT INTO aiobs_costs (call_key, id, ticks, is_correction, completeness, record) VALUES ('k', 'i', 1, 0, 'Exact', '{}');
            INSERT INTO aiobs_cost_tags VALUES (x'01', 1);
            """,
            Stop);

        _ = await database.OpenCosts(options: Keyed).CountAsync(Cost.CostQuery.All, Stop);
        var log = database.OpenLog(Keyed);
        var found = await log.VerifyAsync(cancellationToken: Stop);

        Assert.Equal(
            [
                "1 rows of aiobs_event_checkpoints are none that a log writes: set aside in aiobs_event_strays by a migration. The first has position 2.",
                "1 rows of aiobs_event_contents are none that a log writes: set aside in aiobs_event_strays by a migration. The first has position 15.",
                "1 rows of aiobs_events are none that a log writes: set aside in aiobs_event_strays by a migration. The first has position 27.",
                "2 rows of aiobs_cost_strays are none that a store writes.",
            ],
            found.Faults.Select(static fault => fault.Description).Order(StringComparer.Ordinal));
        Assert.All(found.Faults, static fault => Assert.Equal(EventLogFaultKind.UnknownRow, fault.Kind));
        Assert.Equal(0, await log.CountAsync(new EventQuery { ConversationId = "keep" }, Stop));
        Assert.Contains("'forged', 'keep'", (string)(await database.QueryAsync("SELECT content FROM aiobs_event_strays WHERE source = 'aiobs_events'", Stop))!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifyAsync_RowsOfOddSizes_AreSetAsideAndTold()
    {
        await using var database = await FirstRelease.CopyAsync(databases, DatabaseKind.PostgreSql, isKeyed: true);
        await database.ExecuteAsync(
            """
            INSERT INTO aiobs_events (id, writer, sequence, ticks, type, conversation_id, data, hash)
                VALUES (gen_random_uuid(), 'x', 1, 638800000000000000, 'forged', 'keep', '{}', '\x01');
            INSERT INTO aiobs_event_contents (position, content) SELECT position, 'forged' FROM aiobs_events WHERE type = 'retention_applied';
            INSERT INTO aiobs_event_checkpoints VALUES ('x', 1, '\x01', '\x01');
            INSERT INTO aiobs_event_writers (writer, opened_ticks, is_keyed, sequence, hash, seal) VALUES ('x', -1, 2, 0, '\x01', '\x01');
            INSERT INTO aiobs_costs (call_key, id, ticks, is_correction, completeness, record) VALUES ('\x01', gen_random_uuid(), 1, 7, 'Exact', '{}');
            """,
            Stop);

        _ = await database.OpenCosts(options: Keyed).CountAsync(Cost.CostQuery.All, Stop);
        var log = database.OpenLog(Keyed);
        var found = await log.VerifyAsync(cancellationToken: Stop);

        Assert.Equal(
            ["1 rows of aiobs_cost_strays", "1 rows of aiobs_event_checkpoints", "1 rows of aiobs_event_contents", "1 rows of aiobs_event_writers", "1 rows of aiobs_events"],
            found.Faults.Select(static fault => fault.Description[..fault.Description.IndexOf(" are none", StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
        Assert.Equal(0, await log.CountAsync(new EventQuery { ConversationId = "keep" }, Stop));
        Assert.Contains("\"conversation_id\":\"keep\"", (string)(await database.QueryAsync("SELECT content FROM aiobs_event_strays WHERE source = 'aiobs_events'", Stop))!, StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task EraseContentAsync_RowsThatWereSetAside_AreReachedByWhatStandsInThem(DatabaseKind kind)
    {
        await using var database = await FirstRelease.CopyAsync(databases, kind, isKeyed: true);
        var (id, hash) = kind == DatabaseKind.Sqlite ? ("'0123456789abcde{0}'", "'h'") : ("gen_random_uuid()", "'\\x01'");
        foreach (var (number, user) in new[] { (1, "O''Brien"), (2, "other"), (3, "a\"b") })
        {
            await database.ExecuteAsync(
                $"INSERT INTO aiobs_events (id, writer, sequence, ticks, type, user_id, data, hash) VALUES ({string.Format(System.Globalization.CultureInfo.InvariantCulture, id, number)}, 'x', {number}, 1, 'forged', '{user}', '{{}}', {hash})",
                Stop);
        }

        var log = database.OpenLog(Keyed);
        Assert.Equal(1, (await log.EraseContentAsync(new EventQuery { UserId = "O'Brien" }, "asked for", Stop)).Count);
        Assert.Equal(1, (await log.EraseContentAsync(new EventQuery { UserId = "a\"b" }, "asked for", Stop)).Count);
        Assert.Equal(0, (await log.EraseContentAsync(new EventQuery { UserId = "a\"b" }, "asked for", Stop)).Count);

        Assert.Equal(2L, await database.QueryAsync("SELECT count(*) FROM aiobs_event_strays WHERE content = ''", Stop));
        Assert.Contains("other", (string)(await database.QueryAsync("SELECT content FROM aiobs_event_strays WHERE content <> ''", Stop))!, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => database.ExecuteAsync("UPDATE aiobs_event_strays SET content = 'x'", Stop));
        var fault = Assert.Single((await log.VerifyAsync(cancellationToken: Stop)).Faults);
        Assert.StartsWith("3 rows of aiobs_events are none that a log writes", fault.Description, StringComparison.Ordinal);
    }

    /// <summary>The finding that the strict tables are for: a row that lists as real, and that a verification which leaves it out cannot see.</summary>
    [Theory]
    [InlineData("INSERT INTO aiobs_events (id, writer, sequence, ticks, type, data, hash) VALUES ('0123456789abcdef', 'x', 1, 638800000000000000, 'forged', '{}', 'h')")]
    [InlineData("INSERT INTO aiobs_event_contents (position, content) VALUES (1000, 'forged')")]
    [InlineData("UPDATE aiobs_event_contents SET content = NULL")]
    [InlineData("INSERT INTO aiobs_event_checkpoints VALUES ('x', 1, 'h', 's')")]
    public async Task Tables_RowsOfOddTypes_AreRefused(string sql)
    {
        await using var database = await FirstRelease.CopyAsync(databases, DatabaseKind.Sqlite, isKeyed: true);
        var log = database.OpenLog(Keyed);
        Assert.Equal(22, await log.CountAsync(EventQuery.All, Stop));

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => database.ExecuteAsync(sql, Stop));
    }
}

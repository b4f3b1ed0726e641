using AiObs.Cost;
using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace AiObs.Store.Tests.Sql.Events;

/// <summary>Whatever somebody puts in the tables: the process lives, verification answers, and what cannot be read is said to be so in plain words.</summary>
public sealed class OddValueProperties(DatabaseFixture databases)
{
    private static readonly Dictionary<string, string[]> Columns = new()
    {
        ["aiobs_events"] =
        [
            "position", "id", "writer", "sequence", "ticks", "type", "conversation_id", "user_id", "session_id", "trace_id", "span_id", "data", "commitment", "hash",
        ],
        ["aiobs_event_contents"] = ["position", "content", "salt", "erased_by"],
        ["aiobs_event_writers"] =
        [
            "ordinal", "writer", "opened_ticks", "is_keyed", "predecessor_writer", "predecessor_sequence", "predecessor_hash", "sequence", "hash", "seal", "log_id",
        ],
        ["aiobs_event_checkpoints"] = ["writer", "sequence", "hash", "seal"],
        ["aiobs_event_strays"] = ["source", "position", "content"],
        ["aiobs_costs"] =
        [
            "position", "call_key", "id", "ticks", "conversation_id", "user_id", "provider", "model", "is_correction", "completeness", "corrected_completeness",
            "total", "input_tokens", "output_tokens", "record", "salt", "commitment", "sequence", "hash",
        ],
        ["aiobs_cost_tags"] = ["tag", "position"],
        ["aiobs_cost_chain"] =
        [
            "ordinal", "log_id", "is_keyed", "sequence", "hash", "start_position", "dropped_sequence", "dropped_hash", "unsealed", "erased", "erased_hash", "seal",
        ],
        ["aiobs_cost_strays"] = ["source", "position", "content"],
    };

    private static readonly string[] Values =
    [
        "NULL", "''", "'abc'", "'content_erased'", "0", "-1", "1", "9223372036854775807", "-9223372036854775808", "1.5", "9e999", "-9e999", "'9e999'", "'NaN'",
        "'1,5'", "'79228162514264337593543950336'", "x''", "x'ff'", "zeroblob(16)", "zeroblob(17)", "'{'", "'[]'", "'null'", "'\"a\"'", "'{\"a\":\"\\ud800\"}'",
        "'{\"count\":\"x\"}'", "'{\"a\":1e999}'", "'{\"id\":null}'", "char(27) || '[2J'", "'a' || char(10) || 'The log is intact.'", "printf('%.*c', 200, '[')", "CAST(x'fffe' AS TEXT)",
        "'2026-01-31'", "(SELECT max(ticks) FROM aiobs_events)", "3155378976000000000",
    ];

    private static readonly Gen<Change[]> Changes =
        (from table in Gen.Elements<string>(Columns.Keys)
         from column in Gen.Elements(Columns[table])
         from value in Gen.Elements(Values)
         from rows in Gen.Elements("1 = 1", "rowid = 1", "rowid = 2", "rowid > 2")
         from doubles in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
         select new Change(table, column, value, rows, doubles)).ArrayOf().Select(static changes => changes.Take(3).ToArray());

    private static string Restore { get; } =
        string.Concat(Columns.Keys.Select(static table => $"DROP TABLE {table}; CREATE TABLE {table} AS SELECT * FROM kept_{table};"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sqlite_AnyValuesInAnyColumns_EndInAnAnswerOrAStoreException()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await WriteAsync(database);
        await KeepAsync(database);

        Fuzz.Check(Changes, changes => Task.Run(() => RunAsync(database, changes)).GetAwaiter().GetResult(), cases: 30);
    }

    [Fact]
    public async Task VerifyAsync_WriterWithTwoRows_SaysSo()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await WriteAsync(database);
        await KeepAsync(database);
        await database.ExecuteAsync($"{Restore} INSERT INTO aiobs_event_writers SELECT * FROM aiobs_event_writers WHERE ordinal = 1", Stop);

        var fault = Assert.Single((await database.OpenLog().VerifyAsync(cancellationToken: Stop)).Faults);

        Assert.Equal((EventLogFaultKind.HeadMismatch, $"Writer {fault.Writer} has more than one row."), (fault.Kind, fault.Description));
    }

    [Fact]
    public async Task CountByTypeAsync_TypeStoredInAnotherForm_CountsAsTheSame()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await database.OpenLog().AppendAsync(EventSamples.Events(1, 3), Stop);
        await database.DropRulesAsync(Stop);
        await database.ExecuteAsync("UPDATE aiobs_events SET type = CAST(type AS BLOB) WHERE position = 2", Stop);

        Assert.Equal(3, Assert.Single(await database.OpenLog().CountByTypeAsync(EventQuery.All, Stop)).Value);
    }

    [Theory]
    [InlineData("UPDATE aiobs_events SET data = '{'")]
    [InlineData("UPDATE aiobs_events SET ticks = -1")]
    [InlineData("UPDATE aiobs_events SET id = x'01'")]
    public async Task ListAsync_ValueThatCannotBeRead_SaysSoInPlainWords(string change)
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await database.OpenLog().AppendAsync(EventSamples.Events(1, 1), Stop);
        await database.DropRulesAsync(Stop);
        await database.ExecuteAsync(change, Stop);

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await database.OpenLog().ListAsync(EventQuery.All, Stop));

        Assert.StartsWith("A row of the database holds a value that is never written there", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9e999")]
    [InlineData("'abc'")]
    public async Task ReadAsync_PositionsThatNeverEnd_EndInAStoreException(string position)
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await WriteAsync(database);
        await KeepAsync(database);
        await database.ExecuteAsync($"{Restore} UPDATE aiobs_events SET position = {position} WHERE rowid > 1", Stop);

        await Assert.ThrowsAsync<StoreException>(async () =>
            _ = await database.OpenLog().ReadAsync(EventQuery.All with { PageSize = 2 }, Stop).CountAsync(Stop));
    }

    [Fact]
    public async Task ApplyRetentionAsync_PositionThatIsNoNumber_EndsInAStoreException()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await WriteAsync(database);
        await KeepAsync(database);
        await database.ExecuteAsync($"{Restore} UPDATE aiobs_events SET position = -9e999", Stop);

        await Assert.ThrowsAsync<StoreException>(async () => await database.OpenLog().ApplyRetentionAsync(new EventRetention(MaxEvents: 3), Stop));
    }

    /// <summary>The driver adds amounts up in a function of ours: what it throws would end the process.</summary>
    [Theory]
    [InlineData("'abc'")]
    [InlineData("'NaN'")]
    [InlineData("x'ff'")]
    [InlineData("'1e5'")]
    [InlineData("'99999999999999999999999999999999'")]
    public async Task SumAsync_AmountThatIsNone_SaysSoAndTheProcessLives(string amount)
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await database.OpenCosts().RecordAsync(CostSamples.Call(1), Stop);
        await database.DropRulesAsync(Stop);
        await database.ExecuteAsync($"UPDATE aiobs_costs SET total = {amount}", Stop);

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await database.OpenCosts().SumAsync(new CostQuery(), Stop));

        Assert.Contains("An amount is no number, or the sum is larger", refused.Message, StringComparison.Ordinal);
    }

    private static async Task RunAsync(TestDatabase database, Change[] changes)
    {
        await database.ExecuteAsync($"BEGIN; {Restore} {string.Concat(changes.Select(static change => change.Sql))} COMMIT;", Stop);
        var log = database.OpenLog();
        var costs = database.OpenCosts();
        _ = await log.VerifyAsync(cancellationToken: Stop);
        await AllowAsync(async () => _ = await log.ReadAsync(EventQuery.All with { PageSize = 2 }, Stop).CountAsync(Stop));
        await AllowAsync(async () => _ = await log.CountByTypeAsync(EventQuery.All, Stop));
        await AllowAsync(async () => _ = await log.ExportCsvAsync(Stream.Null, cancellationToken: Stop));
        await AllowAsync(async () => await log.AppendAsync([EventSamples.Full(1), EventSamples.Full(90)], Stop));
        await AllowAsync(async () => _ = await log.EraseContentAsync(new EventQuery { UserId = "user" }, "asked to", Stop));
        await AllowAsync(async () => _ = await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 3), Stop));
        await AllowAsync(async () => _ = await costs.ReadAsync(new CostQuery(), Stop).CountAsync(Stop));
        await AllowAsync(async () => _ = await costs.SumAsync(new CostQuery(), Stop));
        foreach (var grouping in Enum.GetValues<CostGrouping>())
        {
            await AllowAsync(async () => _ = await costs.SumByAsync(new CostQuery(), grouping, Stop));
        }

        await AllowAsync(async () => _ = await costs.EraseIdsAsync(new CostQuery { UserId = "user" }, Stop));
        await AllowAsync(async () => _ = await costs.ApplyRetentionAsync(TimeSpan.FromDays(1), Stop));

        await database.CloseAsync();
    }

    private static async Task AllowAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (exception is StoreException or EventConflictException)
        {
        }
    }

    private static async Task WriteAsync(TestDatabase database)
    {
        await database.OpenLog().AppendAsync([EventSamples.Full(1), EventSamples.Event(2), EventSamples.Full(3)], Stop);
        var log = database.OpenLog();
        await log.AppendAsync([.. Enumerable.Range(4, 4).Select(EventSamples.Full)], Stop);
        await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 5), Stop);
        await log.EraseContentAsync(new EventQuery { After = EventSamples.Start.AddSeconds(6) }, "asked to", Stop);
        var costs = database.OpenCosts();
        await costs.RecordAsync(CostSamples.Call(1) with { Tags = ["a", "b"] }, Stop);
        await costs.RecordAsync(CostSamples.Call(2) with { UserId = "user" }, Stop);
        await costs.RecordAsync(CostSamples.Correction(3, CostSamples.Call(1), 0.5m), Stop);
        await database.CloseAsync();
    }

    /// <summary>Keeps the tables without their rules, as somebody can make them who can write to the file.</summary>
    private static Task KeepAsync(TestDatabase database) => database.ExecuteAsync(
        string.Concat(Columns.Keys.Select(static table => $"CREATE TABLE kept_{table} AS SELECT * FROM {table};")), Stop);

    private sealed record Change(string Table, string Column, string Value, string Rows, bool Doubles)
    {
        public string Sql => $"UPDATE {Table} SET {Column} = {Value} WHERE {Rows};" + (Doubles ? $"INSERT INTO {Table} SELECT * FROM {Table};" : "");
    }
}

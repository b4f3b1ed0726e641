using AiObs.Cost;
using AiObs.Events;
using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;
using Npgsql;

namespace AiObs.Store.Tests.Forgeries;

/// <summary>
/// A log with everything that a log can have, of which copies are forged. Beside its tables, the database has those of an earlier time, as
/// <c>old_…</c>, and those of another log with the same key, as <c>other_…</c>: whoever forges may have them, too.
/// </summary>
internal sealed class LogTemplate : IAsyncDisposable
{
    /// <summary>The tables of both parts.</summary>
    public static readonly string[] Tables =
    [
        "aiobs_events", "aiobs_event_contents", "aiobs_event_writers", "aiobs_event_checkpoints", "aiobs_costs", "aiobs_cost_tags", "aiobs_cost_chain",
    ];

    private static int DatabaseCount;
    private readonly DatabaseFixture _databases;
    private readonly DatabaseKind _kind;
    private readonly TestDatabase _database;

    private LogTemplate(DatabaseFixture databases, DatabaseKind kind, TestDatabase database, EventLogOptions options)
    {
        (_databases, _kind, _database) = (databases, kind, database);
        Options = options;
    }

    public EventLogOptions Options { get; }

    public DatabaseKind Kind => _kind;

    public IReadOnlyList<EventLogAnchor> Anchors { get; private set; } = [];

    /// <summary>Gets what the log says.</summary>
    public LogReading Reading { get; private set; } = LogReading.Empty;

    /// <summary>Gets what the log said at the earlier time.</summary>
    public LogReading Old { get; private set; } = LogReading.Empty;

    /// <summary>Gets what the other log says.</summary>
    public LogReading Other { get; private set; } = LogReading.Empty;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<LogTemplate> CreateAsync(DatabaseFixture databases, DatabaseKind kind, bool isKeyed)
    {
        var options = new EventLogOptions { HmacKey = isKeyed ? [.. Enumerable.Range(0, 32).Select(static number => (byte)number)] : null };
        var database = kind == DatabaseKind.Sqlite ? new SqliteTestDatabase() : await databases.CopyPostgreSqlAsync(NewName()) as TestDatabase;
        var template = new LogTemplate(databases, kind, database, options);
        await template.WriteOtherAsync();
        await template.WriteAsync();
        return template;
    }

    /// <summary>Makes a copy to forge.</summary>
    public async Task<TestDatabase> CopyAsync()
    {
        if (_database is PostgreSqlTestDatabase postgreSql)
        {
            return await _databases.CopyPostgreSqlAsync(NewName(), NameOf(postgreSql));
        }

        var copy = new SqliteTestDatabase();
        File.Copy(((SqliteTestDatabase)_database).Path, copy.Path);
        return copy;
    }

    /// <summary>Takes a copy away.</summary>
    public async Task DropAsync(TestDatabase copy)
    {
        await copy.DisposeAsync();
        if (copy is PostgreSqlTestDatabase postgreSql)
        {
            await _databases.DropPostgreSqlAsync(NameOf(postgreSql));
        }
    }

    public async ValueTask DisposeAsync() => await DropAsync(_database);

    private static string NewName() => $"forged_{Interlocked.Increment(ref DatabaseCount)}";

    private static string NameOf(PostgreSqlTestDatabase database) => new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!;

    private async Task WriteAsync()
    {
        await _database.OpenLog(Options).AppendAsync([.. Enumerable.Range(1, 6).Select(Sample)], Stop);
        var costs = _database.OpenCosts(options: Options);
        await costs.RecordAsync(CostSamples.Call(1) with { UserId = "user", Tags = ["a", "b"] }, Stop);
        await costs.RecordAsync(CostSamples.Call(2, total: null), Stop);
        await _database.OpenLog(Options).ApplyRetentionAsync(new EventRetention(MaxEvents: 5), Stop);
        await KeepAsync("old");
        Old = await LogReading.OfAsync(_database.OpenLog(Options), costs, Stop);

        var log = _database.OpenLog(Options);
        await log.AppendAsync([.. Enumerable.Range(10, 5).Select(Sample)], Stop);
        await log.EraseContentAsync(new EventQuery { ConversationId = "c-1" }, "asked for", Stop);
        await costs.RecordAsync(CostSamples.Correction(3, CostSamples.Call(1), 0.5m), Stop);
        await costs.RecordAsync(CostSamples.Call(4) with { ConversationId = "c-1", Tags = ["a"] }, Stop);
        await costs.RecordAsync(CostSamples.Call(5) with { UserId = "erased" }, Stop);
        await costs.EraseIdsAsync(new CostQuery { UserId = "erased" }, Stop);
        var last = _database.OpenLog(Options);
        await last.AppendAsync([.. Enumerable.Range(20, 4).Select(Sample)], Stop);
        await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 13), Stop);
        await last.AppendAsync([Sample(30)], Stop);
        Reading = await LogReading.OfAsync(last, costs, Stop);
        var found = await last.VerifyAsync(cancellationToken: Stop);
        Assert.Empty(found.Faults);
        Anchors = found.Anchors;
        await CloseAsync();
    }

    /// <summary>Writes the other log in the same place first, and takes its tables out of the way.</summary>
    private async Task WriteOtherAsync()
    {
        var log = _database.OpenLog(Options);
        await log.AppendAsync([.. Enumerable.Range(1, 7).Select(static number => Sample(number) with { Type = "other" })], Stop);
        var costs = _database.OpenCosts(options: Options);
        await costs.RecordAsync(CostSamples.Call(1, 9m) with { Tags = ["a"] }, Stop);
        await costs.RecordAsync(CostSamples.Call(7, 9m), Stop);
        Other = await LogReading.OfAsync(log, costs, Stop);
        await KeepAsync("other");
        await CloseAsync();
        await _database.ExecuteAsync(
            string.Concat(Tables.Append("aiobs_event_strays").Append("aiobs_cost_strays").Append("aiobs_migrations").Select(static table => $"DROP TABLE {table};"))
            + (_kind == DatabaseKind.Sqlite ? "" : "DROP FUNCTION aiobs_refuse_delete_above_checkpoint; DROP FUNCTION aiobs_refuse_delete_of_content; DROP FUNCTION aiobs_refuse_delete_of_cost; DROP FUNCTION aiobs_refuse_delete_of_tag;"),
            Stop);
    }

    private static AgentEvent Sample(int number) => (number % 3) switch
    {
        0 => EventSamples.Event(number),
        1 => EventSamples.Full(number) with { ConversationId = "c-1" },
        _ => EventSamples.Full(number),
    };

    private Task KeepAsync(string prefix) => _database.ExecuteAsync(
        string.Concat(Tables.Select(table => $"CREATE TABLE {prefix}_{table} AS SELECT * FROM {table};")), Stop);

    private async Task CloseAsync()
    {
        await _database.CloseAsync();
        if (_database is PostgreSqlTestDatabase postgreSql)
        {
            // A database that somebody is connected to cannot be copied.
            await using var connection = new NpgsqlConnection(postgreSql.ConnectionString);
            NpgsqlConnection.ClearPool(connection);
        }
    }
}

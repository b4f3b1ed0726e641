using System.Globalization;
using AiObs.Store.Sql;
using AiObs.Store.Sqlite;
using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Sql.Traces;
using AiObs.Store.Tests.Traces;
using AiObs.StoreContracts;
using AiObs.TestSupport.Stubs;
using Microsoft.Data.Sqlite;

namespace AiObs.Store.Tests.Faults;

public sealed class SqliteTraceFaultTests : IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task AppendAsync_DiskFull_SaysSoKeepsNoHalfBatchAndGoesOn()
    {
        await using var database = _database.Open();
        var store = SqlStoreRegistration.CreateTraces("test", database);
        List<SpanRecord> acknowledged = [.. Batch(0)];
        await store.AppendAsync(acknowledged, Stop);
        await LimitAsync(database, pages: 120);
        StoreException? refused = null;

        for (var batch = 1; refused is null && batch < 100; batch++)
        {
            refused = await Record.ExceptionAsync(async () => await store.AppendAsync(Batch(batch), Stop)) as StoreException;
            acknowledged.AddRange(refused is null ? Batch(batch) : []);
        }

        Assert.Contains("is full, or the database has reached its largest size", refused!.Message, StringComparison.Ordinal);
        await TraceReading.AssertHasAsync(store, acknowledged, Stop);
        await LimitAsync(database, pages: 1_000_000);
        await store.AppendAsync(Batch(200), Stop);
        await TraceReading.AssertHasAsync(store, [.. acknowledged, .. Batch(200)], Stop);
    }

    [Fact]
    public async Task AppendAsync_DiskOfTheSystemFull_GoesOnWhenThereIsRoom()
    {
        await using var disk = await SmallDisk.MountAsync("700k");
        await using var database = new SqliteTestDatabase(disk.Path);
        var store = database.OpenTraces();
        List<SpanRecord> acknowledged = [];
        Exception? refused = null;
        for (var batch = 0; refused is null && batch < 100; batch++)
        {
            refused = await Record.ExceptionAsync(async () => await store.AppendAsync(Batch(batch), Stop));
            acknowledged.AddRange(refused is null ? Batch(batch) : []);
        }

        Assert.Contains("is full", Assert.IsType<StoreException>(refused).Message, StringComparison.Ordinal);
        await disk.RemountAsync("size=8m");
        await store.AppendAsync(Batch(200), Stop);
        await TraceReading.AssertHasAsync(store, [.. acknowledged, .. Batch(200)], Stop);
    }

    [Fact]
    public async Task AppendAsync_LockedByAnother_SaysSoStillReadsAndGoesOn()
    {
        await _database.OpenTraces().AppendAsync(Batch(0), Stop);
        await using var database = Open($"{_database.ConnectionString};Default Timeout=1");
        var store = SqlStoreRegistration.CreateTraces("test", database);
        await using (var other = (SqliteConnection)await _database.ConnectAsync(Stop))
        {
            await using var transaction = other.BeginTransaction(deferred: false);

            var refused = await Assert.ThrowsAsync<StoreException>(async () => await store.AppendAsync(Batch(1), Stop));

            Assert.Contains("locked by another connection for 1 s", refused.Message, StringComparison.Ordinal);
            Assert.True(refused.IsTransient);
            await TraceReading.AssertHasAsync(store, Batch(0), Stop);
        }

        await store.AppendAsync(Batch(1), Stop);
        await TraceReading.AssertHasAsync(store, [.. Batch(0), .. Batch(1)], Stop);
    }

    [Theory]
    [InlineData("aiobs_spans")]
    [InlineData("aiobs_span_contents")]
    [InlineData("aiobs_traces")]
    [InlineData("aiobs_trace_facets")]
    [InlineData("aiobs_latencies")]
    public async Task AppendAsync_TableDropped_SaysSo(string table)
    {
        var store = _database.OpenTraces();
        await store.AppendAsync(Batch(0), Stop);
        await _database.ExecuteAsync($"DROP TABLE {table}", Stop);

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await store.AppendAsync(Batch(1), Stop));

        Assert.StartsWith("A table of AiObs is missing from ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_StoreAway_GoOnAndTheirSpansAreKeptWhenItIsBack()
    {
        var directory = Path.Combine(Path.GetDirectoryName(_database.Path)!, "missing");
        await using var database = Open($"Data Source={Path.Combine(directory, "aiobs-traces.db")}");
        await using var traced = new TracedRoot(SqlStoreRegistration.CreateTraces("test", database));
        for (var call = 0; call < 3; call++)
        {
            Assert.Equal("Hello.", (await traced.AskAsync(new StubChatClient())).Text);
        }

        var flushed = traced.Root.FlushTracesAsync(Stop);
        Assert.False(flushed.IsCompleted);
        Directory.CreateDirectory(directory);
        await traced.AdvanceUntilAsync(flushed);

        Assert.Equal(3, (await traced.SpansAsync()).Count);
    }

    /// <summary>Makes 40 spans of 20 traces.</summary>
    private static SpanRecord[] Batch(int number) =>
    [
        .. Enumerable.Range((number * 20) + 1, 20).SelectMany(static trace => new[]
        {
            SpanSamples.FullCall(trace) with { SpanId = SpanSamples.SpanId(2), IsRoot = false }, SpanSamples.FullCall(trace),
        }),
    ];

    private static SqlDatabase Open(string connectionString) =>
        new(new SqliteDialect(new SqliteFile(connectionString), TimeProvider.System), TimeProvider.System);

    /// <summary>Makes the disk as large as the database may get, as far as the writer's connection is concerned.</summary>
    private static async Task LimitAsync(SqlDatabase database, int pages) => await database.WriteAsync(
        "traces",
        async write =>
        {
            await write.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pages}"), Stop);
            return pages;
        },
        Stop);
}

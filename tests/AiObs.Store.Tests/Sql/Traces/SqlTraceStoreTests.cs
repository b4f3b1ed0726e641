using System.Globalization;
using AiObs.Store.PostgreSql;
using AiObs.Store.Sql;
using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;
using Npgsql;

namespace AiObs.Store.Tests.Sql.Traces;

public sealed class SqlTraceStoreTests(DatabaseFixture databases)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task AppendAsync_NewerSchema_SaysWhichAndWhatToDo(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await database.OpenTraces().AppendAsync([SpanSamples.Call(1)], Stop);
        await database.ExecuteAsync("INSERT INTO aiobs_migrations VALUES ('traces', 99, 0)", Stop);

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await database.OpenTraces().AppendAsync([SpanSamples.Call(2)], Stop));

        Assert.StartsWith("The schema of the traces in ", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(" has version 99, and this version of AiObs knows 3 at most. Update the AiObs.Store packages of this application.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(database, "aiobs_spans"));
        Assert.Equal(0, await database.OpenLog().CountAsync(EventQuery.All, Stop));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task AppendAsync_ByTwoStoresAtOnce_KeepsEachSpanOnce(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var spans = SpanSamples.Random(seed: 3, traces: 30);
        ITraceStore[] stores = [database.OpenTraces(), database.OpenTraces()];

        await Task.WhenAll(stores.Select(store => Task.Run(
            async () =>
            {
                foreach (var batch in spans.Chunk(20))
                {
                    await store.AppendAsync(batch, Stop);
                }
            },
            Stop)));

        await TraceReading.AssertHasAsync(stores[0], spans, Stop);
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task EraseContentAsync_OfMoreThanAPage_ErasesAll(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var store = database.OpenTraces();
        SpanRecord[] spans =
        [
            .. Enumerable.Range(1, 210).Select(static trace => SpanSamples.FullCall(trace)),
            .. Enumerable.Range(2, 1_100).Select(static span => SpanSamples.FullCall(1) with { SpanId = SpanSamples.SpanId(span), IsRoot = false }),
            SpanSamples.FullCall(900) with { UserId = "other" },
        ];
        await store.AppendAsync(spans, Stop);

        Assert.Equal(1_310, (await store.EraseContentAsync(new() { UserId = "user" }, Stop)).Count);

        Assert.Equal(1, await CountAsync(database, "aiobs_span_contents"));
        Assert.NotNull(await store.FindContentAsync(SpanSamples.TraceId(900), SpanSamples.SpanId(1), Stop));
        Assert.Equal(1_311, await CountAsync(database, "aiobs_spans"));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task ApplyRetentionAsync_TracesLargerThanATransaction_LeavesNothingOfThem(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var store = database.OpenTraces();
        await store.AppendAsync([.. Enumerable.Range(1, 1_200).Select(static span => SpanSamples.FullCall(1) with { SpanId = SpanSamples.SpanId(span) })], Stop);
        await store.AppendAsync([.. Enumerable.Range(2, 1_100).Select(static trace => SpanSamples.FullCall(trace))], Stop);

        var dropped = await store.ApplyRetentionAsync(new(MaxSpans: 3, MaxLatencyAge: TimeSpan.Zero), Stop);

        Assert.Equal(2_297, dropped.Count);
        foreach (var (table, count) in new[] { ("aiobs_spans", 3L), ("aiobs_span_contents", 3L), ("aiobs_traces", 3L), ("aiobs_trace_facets", 33L), ("aiobs_latencies", 0L) })
        {
            Assert.Equal((table, count), (table, await CountAsync(database, table)));
        }
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task ApplyRetentionAsync_ByTwoStoresAtOnce_DropsNoMoreThanOneWould(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        ITraceStore[] stores = [database.OpenTraces(), database.OpenTraces()];
        SpanRecord[] spans = [.. Enumerable.Range(1, 30).Select(static trace => SpanSamples.FullCall(trace))];
        await stores[0].AppendAsync(spans, Stop);

        var dropped = await Task.WhenAll(stores.Select(store => Task.Run(async () => await store.ApplyRetentionAsync(new(MaxSpans: 10), Stop), Stop)));

        Assert.Equal(20, dropped.Sum(static erasure => erasure.Count));
        Assert.Equal(
            spans.Skip(20).Reverse().Select(static span => span.TraceId), (await stores[0].ListAsync(TraceQuery.All, Stop)).Traces.Select(static trace => trace.TraceId));
    }

    [Theory]
    [InlineData("UPDATE aiobs_traces SET status = 'odd'")]
    [InlineData("UPDATE aiobs_traces SET top_rank = 'odd'")]
    [InlineData("UPDATE aiobs_traces SET facets = 'odd'")]
    [InlineData("UPDATE aiobs_traces SET facets = '{\"Odd\":[\"model\"]}'")]
    [InlineData("UPDATE aiobs_latencies SET buckets = x'FF'")]
    [InlineData("UPDATE aiobs_latencies SET kind = 'odd'")]
    public async Task AppendAsync_RowChangedFromOutside_SaysSoAndKeepsNothing(string change)
    {
        await using var database = new SqliteTestDatabase();
        var store = database.OpenTraces();
        await store.AppendAsync([SpanSamples.FullCall(1)], Stop);
        await database.ExecuteAsync(change, Stop);

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await store.AppendAsync([SpanSamples.FullCall(1) with { SpanId = SpanSamples.SpanId(2) }], Stop));

        Assert.StartsWith("A row of the database holds a value that is never written there", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(database, "aiobs_spans"));
    }

    [Fact]
    public async Task ApplyRetentionAsync_FacetsChangedFromOutside_SaysSoAndDropsNothing()
    {
        await using var database = new SqliteTestDatabase();
        var store = database.OpenTraces();
        await store.AppendAsync([SpanSamples.FullCall(1)], Stop);
        await database.ExecuteAsync("UPDATE aiobs_traces SET facets = 'odd'", Stop);

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await store.ApplyRetentionAsync(new(MaxSpans: 0), Stop));

        Assert.StartsWith("A row of the database holds a value that is never written there", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(database, "aiobs_spans"));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task Traces_OfTheSchemaWithAnIndexOfFacets_AreReadAndGoOn(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        SpanRecord[] spans = [.. SpanSamples.Random(seed: 11, traces: 40), SpanSamples.FullCall(41) with { Tags = ["\"quoted\" Ås 😀", "tag"] }];
        var (first, second) = (spans[..^20], spans[^20..]);
        await database.OpenTraces().AppendAsync(first, Stop);
        await database.ExecuteAsync(
            """
            CREATE INDEX aiobs_trace_facets_trace ON aiobs_trace_facets (trace_id, facet);
            ALTER TABLE aiobs_traces DROP COLUMN facets;
            DELETE FROM aiobs_migrations WHERE part = 'traces' AND version = 3;
            """,
            Stop);

        var store = database.OpenTraces();
        await TraceReading.AssertHasAsync(store, first, Stop);
        await store.AppendAsync(second, Stop);

        var model = new TraceModel(spans);
        await TraceReading.AssertHasAsync(store, spans, Stop);
        foreach (var facet in Enum.GetValues<TraceFacet>())
        {
            TraceQuery filtered = new() { After = SpanSamples.Start };
            Assert.Equal(model.CountFacet(filtered, facet), await store.CountFacetAsync(filtered, facet, top: 1_000, Stop));
        }

        await store.ApplyRetentionAsync(new(MaxSpans: 0), Stop);
        Assert.Equal(0, await CountAsync(database, "aiobs_trace_facets"));
    }

    [Fact]
    public async Task EventsAppended_WhileSomebodyAppendsSpansToPostgreSql_DoNotWait()
    {
        await using var database = await databases.CreatePostgreSqlAsync();
        var (log, store) = (database.OpenLog(), database.OpenTraces());
        await store.AppendAsync([SpanSamples.Call(1)], Stop);
        await using var spans = database.Open();

        await spans.WriteBulkAsync(
            "traces",
            async _ =>
            {
                await log.AppendAsync(EventSamples.Events(0, 1), Stop);
                return 0;
            },
            Stop);

        Assert.Equal(1, await log.CountAsync(EventQuery.All, Stop));
    }

    [Fact]
    public async Task AppendAsync_SomebodyHangsWhileAppendingToPostgreSql_SaysSoAndGoesOn()
    {
        await using var test = await databases.CreatePostgreSqlAsync();
        await using var database = new SqlDatabase(
            new PostgreSqlDialect(NpgsqlDataSource.Create($"{test.ConnectionString};Command Timeout=1"), ownsSource: true), TimeProvider.System);
        var store = SqlStoreRegistration.CreateTraces("test", database);
        await store.AppendAsync([SpanSamples.Call(1)], Stop);
        await using var other = test.Open();
        await other.WriteBulkAsync(
            "traces",
            async _ =>
            {
                var refused = await Assert.ThrowsAsync<StoreException>(async () => await store.AppendAsync([SpanSamples.Call(2)], Stop));
                Assert.True(refused.IsTransient);
                Assert.Equal(SpanSamples.TraceId(1), Assert.Single((await store.ListAsync(TraceQuery.All, Stop)).Traces).TraceId);
                return 0;
            },
            Stop);

        await store.AppendAsync([SpanSamples.Call(2)], Stop);
        await TraceReading.AssertHasAsync(store, [SpanSamples.Call(1), SpanSamples.Call(2)], Stop);
    }

    private static async Task<long> CountAsync(TestDatabase database, string table) =>
        Convert.ToInt64(await database.QueryAsync($"SELECT count(*) FROM {table}", Stop), CultureInfo.InvariantCulture);
}

using AiObs.Cost;
using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Store.Tests.Traces;

public sealed class PricedTracesTests(DatabaseFixture databases)
{
    private const int MostPages = 500;

    /// <summary>Gets the kinds of database; <see langword="null"/> is memory.</summary>
    public static TheoryData<DatabaseKind?> Stores => new(new DatabaseKind?[] { null, DatabaseKind.Sqlite, DatabaseKind.PostgreSql });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task ListAsync_RandomTracesAndCosts_EqualsANaiveList(DatabaseKind? kind)
    {
        var spans = SpanSamples.Random(seed: 11, traces: 60);
        var records = RandomCosts(new Random(12), traces: 70);
        await using var stores = await OpenAsync(kind, spans, records);
        var naive = new Naive(new TraceModel(spans), records);
        TraceQuery[] filters =
        [
            TraceQuery.All,
            new() { After = SpanSamples.Start.AddMinutes(40) },
            new() { After = SpanSamples.Start.AddMinutes(20), Before = SpanSamples.Start.AddMinutes(70) },
            new() { Model = "large", Tag = "red" },
            new() { Status = TraceStatus.Error },
            new() { TraceIds = [.. Enumerable.Range(10, 30).Select(SpanSamples.TraceId)] },
        ];
        var listed = 0;
        foreach (var filter in filters)
        {
            foreach (var least in new decimal?[] { null, 0m, 0.5m, 1.0m, 100m })
            {
                foreach (var order in Enum.GetValues<TraceOrder>())
                {
                    foreach (var dearestFirst in new[] { false, true })
                    {
                        var query = new PricedTraceQuery { Traces = filter with { Order = order, PageSize = 7 }, MinCost = least, DearestFirst = dearestFirst };
                        var expected = naive.List(query);

                        Assert.Equal(expected, await ReadAsync(stores.Priced, query));
                        listed += expected.Count;
                    }
                }
            }
        }

        Assert.InRange(listed, 1_000, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task ListAsync_MoreTracesThanOneLook_ListsThemAll(DatabaseKind? kind)
    {
        const int Count = 2_300;
        var spans = Enumerable.Range(1, Count).Select(static trace => SpanSamples.Call(trace)).ToArray();
        var records = Enumerable.Range(1, Count).Select(static trace => CostOf(trace, trace, trace * 0.001m)).ToArray();
        await using var stores = await OpenAsync(kind, spans, records);
        int[] falling = [.. Enumerable.Range(1, Count).Reverse()];

        Assert.Equal(falling, Numbers(await ReadAsync(stores.Priced, new() { Traces = new() { PageSize = 900 }, DearestFirst = true })));
        Assert.Equal(falling, Numbers(await ReadAsync(stores.Priced, new() { Traces = new() { PageSize = 900 }, MinCost = 0 })));
        Assert.Equal([7], Numbers(await ReadAsync(stores.Priced, new() { Traces = new() { PageSize = 900, Before = SpanSamples.Call(7).Time, After = SpanSamples.Call(7).Time }, DearestFirst = true })));
    }

    [Fact]
    public async Task ListAsync_CallAMomentBeforeItsTraceOrAfterTheRange_Counts()
    {
        CostRecord[] records =
        [
            CostOf(1, 1, 0.5m) with { Time = SpanSamples.Call(1).Time.AddTicks(-1) },
            CostOf(2, 1, 0.25m) with { Time = SpanSamples.Call(1).Time.AddHours(1) },
        ];
        await using var stores = await OpenAsync(kind: null, [SpanSamples.Call(1)], records);

        var page = await stores.Priced.ListAsync(
            new() { Traces = new() { After = SpanSamples.Call(1).Time, Before = SpanSamples.Call(1).Time }, DearestFirst = true }, Stop);

        Assert.Equal(0.75m, Assert.Single(page.Traces).Cost.Total);
        Assert.Single((await stores.Priced.ListAsync(new() { Traces = new() { After = DateTimeOffset.MinValue }, MinCost = 0.75m }, Stop)).Traces);
    }

    [Fact]
    public async Task ListAsync_Correction_MovesTheTrace()
    {
        var dear = CostOf(1, 1, 5m);
        await using var stores = await OpenAsync(kind: null, [SpanSamples.Call(1), SpanSamples.Call(2)], [dear, CostOf(2, 2, 1m), CostSamples.Correction(3, dear, -4.5m)]);

        Assert.Equal([2, 1], Numbers(await ReadAsync(stores.Priced, new() { DearestFirst = true })));
        Assert.Equal([2], Numbers(await ReadAsync(stores.Priced, new() { MinCost = 1 })));
    }

    [Fact]
    public async Task ListAsync_CursorOfAnotherQuery_IsRefused()
    {
        var spans = Enumerable.Range(1, 5).Select(static trace => SpanSamples.Call(trace)).ToArray();
        await using var stores = await OpenAsync(kind: null, spans, [.. Enumerable.Range(1, 5).Select(static trace => CostOf(trace, trace, trace))]);
        var query = new PricedTraceQuery { Traces = new() { PageSize = 1 }, MinCost = 1.5m, DearestFirst = true };
        var cursor = (await stores.Priced.ListAsync(query, Stop)).NextCursor;
        PricedTraceQuery[] others = [query with { MinCost = 1 }, query with { MinCost = null }, query with { DearestFirst = false }, query with { Traces = new() { Agent = "a" } }, new()];

        foreach (var other in others)
        {
            await Assert.ThrowsAsync<InvalidCursorException>(async () => await stores.Priced.ListAsync(other with { Traces = other.Traces with { Cursor = cursor } }, Stop));
        }

        // The order of traces says nothing beside that of costs, and 1.50 is 1.5.
        var next = await stores.Priced.ListAsync(query with { MinCost = 1.50m, Traces = query.Traces with { Cursor = cursor, Order = TraceOrder.Slowest } }, Stop);
        Assert.Equal([4], Numbers(next.Traces));
    }

    [Fact]
    public async Task SumAsync_Traces_HasEachThatCostSomething()
    {
        await using var stores = await OpenAsync(kind: null, [], [CostOf(1, 1, 1m), CostOf(2, 1, 2m), CostOf(3, 2, 4m), CostOf(4, 3, total: null)]);

        var sums = await stores.Priced.SumAsync([SpanSamples.TraceId(1), SpanSamples.TraceId(3), SpanSamples.TraceId(9)], Stop);

        Assert.Equal([(SpanSamples.TraceId(1), 3m, 0L), (SpanSamples.TraceId(3), 0m, 1L)], sums.OrderBy(static sum => sum.Key).Select(static sum => (sum.Key, sum.Value.Total, sum.Value.UnpricedCount)));
    }

    [Fact]
    public async Task PricedTraces_OfARoot_ReadsItsStores()
    {
        await using var traced = new TracedRoot(build: static builder => builder.AddCostTracking());
        await traced.AskAsync(new StubChatClient(), new() { ModelId = "m" });
        await traced.Root.FlushTracesAsync(Stop);

        var fromRoot = Assert.Single((await traced.Root.PricedTraces!.ListAsync(new() { DearestFirst = true }, Stop)).Traces);
        var fromContainer = Assert.Single((await traced.Root.OwnServices!.GetRequiredService<PricedTraces>().ListAsync(new(), Stop)).Traces);

        Assert.Equal((fromRoot.Trace, fromRoot.Cost), (fromContainer.Trace, fromContainer.Cost));
        Assert.Equal(1, fromRoot.Cost.CallCount);
    }

    [Fact]
    public async Task PricedTraces_NoCosts_SaysWhatIsMissing()
    {
        await using var traced = new TracedRoot();

        Assert.Null(traced.Root.PricedTraces);
        var missing = Assert.Throws<InvalidOperationException>(() => traced.Root.OwnServices!.GetRequiredService<PricedTraces>());
        Assert.Equal("What traces cost is not kept: call AddCostTracking(), or let the store keep costs too.", missing.Message);
    }

    private static CostRecord CostOf(int number, int trace, decimal? total) => CostSamples.Call(number, total) with { TraceId = SpanSamples.TraceId(trace), Time = SpanSamples.Call(trace).Time };

    /// <summary>Makes records of traces, of some that are not kept and of none, with equal sums among them, unpriced ones and corrections.</summary>
    private static List<CostRecord> RandomCosts(Random random, int traces)
    {
        List<CostRecord> records = [];
        for (var trace = 1; trace <= traces; trace++)
        {
            for (var call = random.Next(4); call > 0; call--)
            {
                var record = CostOf(records.Count + 1, trace, random.Next(6) == 0 ? null : random.Next(5) * 0.25m);
                records.Add(record with { Time = SpanSamples.Start.AddMinutes(200).AddSeconds(records.Count), TraceId = random.Next(20) == 0 ? null : record.TraceId });
                if (random.Next(5) == 0)
                {
                    records.Add(CostSamples.Correction(records.Count + 1, records[^1], random.Next(-2, 3) * 0.125m));
                }
            }
        }

        return records;
    }

    private static async Task<List<PricedTrace>> ReadAsync(PricedTraces priced, PricedTraceQuery query)
    {
        List<PricedTrace> traces = [];
        for (var pages = 0; pages < MostPages; pages++)
        {
            var page = await priced.ListAsync(query, Stop);
            Assert.InRange(page.Traces.Count, page.NextCursor is null ? 0 : query.Traces.PageSize, query.Traces.PageSize);
            traces.AddRange(page.Traces);
            if (page.NextCursor is null)
            {
                return traces;
            }

            query = query with { Traces = query.Traces with { Cursor = page.NextCursor } };
        }

        Assert.Fail("The pages have no end.");
        return traces;
    }

    private static IEnumerable<int> Numbers(IEnumerable<PricedTrace> traces) => traces.Select(static trace => Convert.ToInt32(trace.Trace.TraceId, 16));

    private async Task<Opened> OpenAsync(DatabaseKind? kind, IReadOnlyList<SpanRecord> spans, IEnumerable<CostRecord> records)
    {
        var database = kind is { } some ? await databases.CreateAsync(some) : null;
        var traces = database?.OpenTraces() ?? new InMemoryTraceStore(new() { MaxTraces = 5_000 });
        var costs = database?.OpenCosts() ?? new InMemoryCostStore(5_000);
        foreach (var batch in spans.Chunk(500))
        {
            await traces.AppendAsync(batch, Stop);
        }

        foreach (var record in records)
        {
            Assert.True(await costs.RecordAsync(record, Stop));
        }

        return new(database, new(traces, costs));
    }

    private sealed record Opened(TestDatabase? Database, PricedTraces Priced) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Database?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>Answers in the simplest way.</summary>
    private sealed class Naive(TraceModel model, IReadOnlyList<CostRecord> records)
    {
        public List<PricedTrace> List(PricedTraceQuery query)
        {
            var all = model.List(query.Traces)
                .Select(trace => new PricedTrace(trace, records.Where(record => record.TraceId == trace.TraceId).Aggregate(CostSum.Zero, static (sum, record) => sum.Add(CostSum.Of(record)))))
                .Where(trace => query is { MinCost: null, DearestFirst: false } || trace.Cost.RecordCount > 0)
                .Where(trace => query.MinCost is null || trace.Cost.Total >= query.MinCost);
            return query.DearestFirst
                ? [.. all.OrderByDescending(static trace => trace.Cost.Total).ThenByDescending(static trace => trace.Trace.TraceId, StringComparer.Ordinal)]
                : [.. all];
        }
    }
}

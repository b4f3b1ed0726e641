using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Processes;
using AiObs.Store.Tests.Sql.Traces;

namespace AiObs.Store.Tests.Faults;

public sealed class KilledSpanWriterTests(DatabaseFixture databases, ITestOutputHelper output)
{
    private const int BatchSize = 10;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task AppendAsync_ProcessKilledInTheMiddle_KeepsWhatWasAcknowledgedAndNoHalfBatch(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        List<int> acknowledged = [];
        var rounds = Repeated.Times(ordinarily: 1);
        for (var round = 1; round <= rounds; round++)
        {
            using var writer = new ChildWriter(database, round * 100_000, BatchSize, batchCount: 10_000, SpanWriterProcess.Switch);
            acknowledged.AddRange(await writer.ReadAcknowledgedAsync(5, Stop));
            acknowledged.AddRange(await writer.KillAsync(Stop));
        }

        var store = database.OpenTraces();
        await store.AppendAsync(SpanWriterProcess.SpansOf([1]), Stop);
        List<int> kept = [];
        await foreach (var trace in ReadAsync(store))
        {
            kept.Add(Convert.ToInt32(trace.TraceId, 16));
        }

        output.WriteLine($"{kind}: {rounds} kills, {acknowledged.Count} traces acknowledged, {acknowledged.Except(kept).Count()} of them lost");
        Assert.Empty(acknowledged.Except(kept));
        Assert.All(kept.Where(static number => number > 1).GroupBy(static number => number / BatchSize), static batch => Assert.Equal(BatchSize, batch.Count()));
        await TraceReading.AssertHasAsync(store, SpanWriterProcess.SpansOf(kept), Stop);
    }

    private static async IAsyncEnumerable<TraceSummary> ReadAsync(ITraceStore store)
    {
        var query = new TraceQuery { PageSize = TraceQuery.MaxPageSize };
        do
        {
            var page = await store.ListAsync(query, Stop);
            foreach (var trace in page.Traces)
            {
                yield return trace;
            }

            query = query with { Cursor = page.NextCursor };
        }
        while (query.Cursor is not null);
    }
}

using AiObs.Cost;

namespace AiObs.StoreContracts;

/// <summary>What every <see cref="ICostStore"/> does. A test class derives from it for each implementation.</summary>
public abstract partial class CostStoreContract
{
    /// <summary>Makes an empty store for one test.</summary>
    protected abstract ValueTask<ICostStore> CreateStoreAsync();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<ICostStore> CreateStoreAsync(params IEnumerable<CostRecord> records)
    {
        var store = await CreateStoreAsync();
        foreach (var record in records)
        {
            Assert.True(await store.RecordAsync(record, Stop));
        }

        return store;
    }

    // No test keeps as many records: a store whose pages go round in circles fails instead of hanging.
    private const int MostRecords = 5_000;

    private static async Task<List<CostRecord>> ReadAsync(ICostStore store, CostQuery query) =>
        await store.ReadAsync(query, Stop).Take(MostRecords).ToListAsync(Stop);

    private static async Task<int[]> NumbersAsync(ICostStore store, CostQuery query) => Numbers(await ReadAsync(store, query));

    private static int[] Numbers(IEnumerable<CostRecord> records) =>
        [.. records.Select(static record => Enumerable.Range(0, 2_000).First(number => CostSamples.IdOf(number) == record.Id))];
}

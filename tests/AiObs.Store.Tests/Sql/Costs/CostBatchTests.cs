using AiObs.Cost;
using AiObs.Cost.Ledger;
using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Costs;

public sealed class CostBatchTests(DatabaseFixture databases)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task RecordAllAsync_SomeAreKnown_KeepsTheOthersAndTheirTags(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var store = database.OpenCosts();
        await store.RecordAsync(CostSamples.Call(1), Token);

        await ((ICostBatchStore)store).RecordAllAsync(
            [CostSamples.Call(1), CostSamples.Call(2) with { Tags = ["night"] }, CostSamples.Call(3), CostSamples.Call(3)], Token);

        Assert.Equal(3, await store.CountAsync(CostQuery.All, Token));
        Assert.Equal(1, await store.CountAsync(new CostQuery { Tag = "night" }, Token));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task RecordAllAsync_Cancelled_KeepsNone(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var store = database.OpenCosts();
        await store.CountAsync(CostQuery.All, Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ((ICostBatchStore)store).RecordAllAsync(
            [CostSamples.Call(1), CostSamples.Call(2)], new CancellationToken(canceled: true)).AsTask());

        Assert.Equal(0, await store.CountAsync(CostQuery.All, Token));
    }
}

using AiObs.StoreContracts;

namespace AiObs.Cost.Tests.Ledger;

public sealed class InMemoryCostStoreTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_001)]
    public void Constructor_CapacityOutOfRange_Throws(int capacity) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new InMemoryCostStore(capacity));

    [Fact]
    public async Task RecordAsync_Full_DropsTheOldestAndCountsIt()
    {
        var store = new InMemoryCostStore(capacity: 3);
        foreach (var number in new[] { 4, 1, 2, 3, 5 })
        {
            await store.RecordAsync(CostSamples.Call(number), Stop);
        }

        var page = await store.ListAsync(CostQuery.All, Stop);

        Assert.Equal(new[] { 2, 3, 5 }.Select(CostSamples.IdOf), page.Records.Select(static record => record.Id));
        Assert.Equal(2, store.DroppedCount);
    }

    [Fact]
    public async Task RecordAsync_CapacityOfOne_KeepsTheLatest()
    {
        var store = new InMemoryCostStore(capacity: 1);
        await store.RecordAsync(CostSamples.Call(1), Stop);
        await store.RecordAsync(CostSamples.Call(2), Stop);
        await store.RecordAsync(CostSamples.Call(3), Stop);

        Assert.Equal(CostSamples.IdOf(3), Assert.Single((await store.ListAsync(CostQuery.All, Stop)).Records).Id);
    }

    [Fact]
    public async Task RecordAsync_CallThatWasDroppedLately_IsStillKnown()
    {
        var store = new InMemoryCostStore(capacity: 2);
        await store.RecordAsync(CostSamples.Call(1), Stop);
        await store.RecordAsync(CostSamples.Correction(2, CostSamples.Call(1), 1), Stop);
        await store.RecordAsync(CostSamples.Call(3), Stop);

        Assert.Equal(1, store.DroppedCount);
        Assert.False(await store.RecordAsync(CostSamples.Call(1), Stop));
        Assert.False(await store.RecordAsync(CostSamples.Correction(4, CostSamples.Call(1), 1), Stop));
    }

    [Fact]
    public async Task RecordAsync_CallThatWasDroppedLongAgo_IsNewAgain()
    {
        const int Capacity = 3;
        var store = new InMemoryCostStore(Capacity);
        for (var number = 1; number <= 1 + (2 * Capacity); number++)
        {
            Assert.True(await store.RecordAsync(CostSamples.Call(number), Stop));
            Assert.True(await store.RecordAsync(CostSamples.Correction(100 + number, CostSamples.Call(number), 1), Stop));
        }

        Assert.True(await store.RecordAsync(CostSamples.Call(1), Stop));
        Assert.True(await store.RecordAsync(CostSamples.Correction(200, CostSamples.Call(1), 1), Stop));
    }

    [Fact]
    public async Task RecordAsync_CallThatIsKept_IsKnownHoweverManyCameBefore()
    {
        const int Capacity = 5;
        var store = new InMemoryCostStore(Capacity);
        for (var number = 0; number < 10 * Capacity; number++)
        {
            Assert.True(await store.RecordAsync(CostSamples.Call(number), Stop));
            for (var kept = Math.Max(0, number - Capacity + 1); kept <= number; kept++)
            {
                Assert.False(await store.RecordAsync(CostSamples.Call(kept), Stop));
            }
        }
    }

    [Fact]
    public async Task RecordAsync_ManyWritersAndAReader_KeepsTheBoundAndWholeSnapshots()
    {
        const int Writers = 8;
        const int PerWriter = 10_000;
        const int Capacity = 500;
        var store = new InMemoryCostStore(Capacity);
        using var barrier = new Barrier(Writers);
        var writers = Enumerable.Range(0, Writers).Select(writer => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait();
                for (var i = 0; i < PerWriter; i++)
                {
                    Assert.True(store.RecordAsync(CostSamples.Call((i * Writers) + writer)).AsTask().GetAwaiter().GetResult());
                }
            },
            Stop, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToList();

        do
        {
            var records = await ((ICostStore)store).ReadAsync(new() { PageSize = 1_000 }, Stop).ToListAsync(Stop);
            Assert.InRange(records.Count, 0, Capacity);
            Assert.Equal(records.Count, records.DistinctBy(static record => record.CallId).Count());
        }
        while (!writers.TrueForAll(static writer => writer.IsCompleted));

        await Task.WhenAll(writers);
        Assert.Equal(Capacity, await store.CountAsync(CostQuery.All, Stop));
        Assert.Equal((Writers * PerWriter) - Capacity, store.DroppedCount);
    }

    [Fact]
    public async Task DroppedCount_DefaultCapacity_StartsAtAThousandAndOne()
    {
        var store = new InMemoryCostStore();
        for (var number = 0; number < InMemoryCostStore.DefaultCapacity; number++)
        {
            await store.RecordAsync(CostSamples.Call(number), Stop);
        }

        Assert.Equal(0, store.DroppedCount);
        await store.RecordAsync(CostSamples.Call(InMemoryCostStore.DefaultCapacity), Stop);
        Assert.Equal(1, store.DroppedCount);
    }
}

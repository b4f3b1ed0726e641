using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Cost.Tests.Ledger;

public sealed class FaultyCostStoreTests
{
    private const string BadModel = "stub-model-1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Store_ThatWasDown_GetsAllRecordsWhenItIsBack()
    {
        var failures = 0;
        var store = new FaultyCostStore(_ => Interlocked.Increment(ref failures) <= 12);
        using var costs = Create(store);

        await CallAsync(costs, 3);
        await AdvanceUntilAsync(costs, store.WaitForKeptAsync(3));

        Assert.Equal(3, await store.CountAsync(CostQuery.All, Token));
        Assert.Empty(costs.Metrics.Of("aiobs.faults"));
    }

    [Fact]
    public async Task Store_ThatWasDown_IsLoggedOnceAndAgainWhenItIsBack()
    {
        var failures = 0;
        var store = new FaultyCostStore(_ => Interlocked.Increment(ref failures) <= 4);
        using var costs = Create(store);

        await CallAsync(costs, 2);
        await AdvanceUntilAsync(costs, store.WaitForKeptAsync(2));
        await AdvanceUntilAsync(costs, LoggedAsync(costs, 61));

        Assert.Equal([60, 61], costs.Logs.GetSnapshot().Select(static log => log.Id.Id).Where(static id => id is 60 or 61));
    }

    [Fact]
    public async Task Record_ThatTheStoreRefusesWhileItTakesOthers_IsGivenUpAndCounted()
    {
        var store = new FaultyCostStore(static record => record.RequestModel == BadModel);
        using var costs = Create(store);

        await CallAsync(costs, 1, BadModel);
        for (var kept = 1; costs.Metrics.Of("aiobs.faults").Count == 0; kept++)
        {
            await CallAsync(costs, 1);
            await AdvanceUntilAsync(costs, store.WaitForKeptAsync(kept));
        }

        Assert.Equal("cost.store", costs.Metrics.Only("aiobs.faults").Tags["aiobs.part"]);
        Assert.True(store.RefusalCount > 5);
    }

    [Fact]
    public async Task DisposeAsync_StoreThatStaysDown_CountsWhatIsLost()
    {
        var store = new FaultyCostStore(static _ => true);
        using var costs = Create(store);

        await CallAsync(costs, 3);
        await AdvanceUntilAsync(costs, costs.Root.DisposeAsync().AsTask());

        Assert.Equal(3, costs.Metrics.Of("aiobs.faults").Count);
    }

    [Fact]
    public async Task DisposeAsync_StoreThatBlocksItsThread_EndsAndCountsWhatIsLost()
    {
        using var gate = new ManualResetEventSlim();
        var store = new FaultyCostStore(_ =>
        {
            gate.Wait(Token);
            return false;
        });
        using var costs = Create(store);

        await CallAsync(costs, 3);
        await AdvanceUntilAsync(costs, costs.Root.DisposeAsync().AsTask());

        Assert.Equal(3, costs.Metrics.Of("aiobs.faults").Count);
        gate.Set();
    }

    [Fact]
    public async Task DisposeAsync_RecordsWaiting_AreWrittenInTheirOrder()
    {
        string[] models = [.. Enumerable.Range(0, 20).Select(static number => $"model-{number}")];
        List<string?> seen = [];
        var store = new BatchCostStore(record =>
        {
            seen.Add(record.RequestModel);
            return false;
        });
        using var costs = Create(store);
        foreach (var model in models)
        {
            await CallAsync(costs, 1, model);
        }

        var disposal = costs.Root.DisposeAsync().AsTask();
        Assert.False(disposal.IsCompleted);
        store.Gate.Release();
        await disposal;

        Assert.Equal(models, seen);
    }

    [Fact]
    public async Task FlushAsync_StoreInMemory_ReturnsAtOnce()
    {
        using var costs = new CostFixture();
        await CallAsync(costs, 1);

        Assert.True(costs.Root.Costs!.FlushAsync(Token).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task FlushAsync_StoreThatIsSlow_EndsWhenItHasTheRecordsOfTheCallsBefore()
    {
        var store = new BatchCostStore(static _ => false);
        using var costs = Create(store);
        await CallAsync(costs, 1);
        await store.Asked.WaitAsync(Token);
        await CallAsync(costs, 20);

        var flushed = costs.Root.Costs!.FlushAsync(Token);
        Assert.False(flushed.IsCompleted);
        store.Gate.Release();
        await flushed;

        Assert.Equal(21, await store.CountAsync(CostQuery.All, Token));
        Assert.True(costs.Root.Costs!.FlushAsync(Token).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task FlushAsync_StoreThatIsDown_WaitsUntilItIsBack()
    {
        var isDown = true;
        var store = new FaultyCostStore(_ => Volatile.Read(ref isDown));
        using var costs = Create(store);
        await CallAsync(costs, 3);

        var flushed = costs.Root.Costs!.FlushAsync(Token);
        await AdvanceUntilAsync(costs, RefusedAsync(store, 5));
        Assert.False(flushed.IsCompleted);
        Volatile.Write(ref isDown, false);
        await AdvanceUntilAsync(costs, flushed);

        Assert.Equal(3, await store.CountAsync(CostQuery.All, Token));
    }

    [Fact]
    public async Task FlushAsync_Cancelled_EndsAndTheRecordsAreStillWritten()
    {
        var store = new BatchCostStore(static _ => false);
        using var costs = Create(store);
        await CallAsync(costs, 1);
        using var stop = new CancellationTokenSource();

        var flushed = costs.Root.Costs!.FlushAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flushed);
        store.Gate.Release();
        await costs.Root.Costs!.FlushAsync(Token);

        Assert.Equal(1, await store.CountAsync(CostQuery.All, Token));
    }

    [Fact]
    public async Task FlushAsync_RecordThatIsGivenUp_DoesNotHoldItUp()
    {
        var store = new FaultyCostStore(static record => record.RequestModel == BadModel);
        using var costs = Create(store);
        await CallAsync(costs, 1, BadModel);
        var flushed = costs.Root.Costs!.FlushAsync(Token);
        Assert.False(flushed.IsCompleted);

        for (var kept = 1; costs.Metrics.Of("aiobs.faults").Count == 0; kept++)
        {
            await CallAsync(costs, 1);
            await AdvanceUntilAsync(costs, store.WaitForKeptAsync(kept));
        }

        await flushed;
    }

    [Fact]
    public async Task StoreThatTakesBatches_RecordsWaiting_GetsThemAtOnce()
    {
        var store = new BatchCostStore(static _ => false);
        using var costs = Create(store);
        await CallAsync(costs, 1);
        await store.Asked.WaitAsync(Token);
        await CallAsync(costs, 300);

        store.Gate.Release();
        await costs.Root.DisposeAsync();

        Assert.Equal(301, await store.CountAsync(CostQuery.All, Token));
        Assert.Equal([1, 256, 44], store.Writes);
    }

    [Fact]
    public async Task StoreThatTakesBatches_OneRecordRefused_TheOthersOfItsBatchAreKept()
    {
        var store = new BatchCostStore(static record => record.RequestModel == BadModel);
        using var costs = Create(store);
        await CallAsync(costs, 1);
        await store.Asked.WaitAsync(Token);
        await CallAsync(costs, 5);
        await CallAsync(costs, 1, BadModel);
        await CallAsync(costs, 5);

        store.Gate.Release();
        await AdvanceUntilAsync(costs, CountedAsync(store, 11));
        await AdvanceUntilAsync(costs, costs.Root.DisposeAsync().AsTask());

        Assert.Equal([1, 11], store.Writes.Take(2));
        Assert.Single(costs.Metrics.Of("aiobs.faults"));
    }

    private static CostFixture Create(ICostStore store) => new(build: builder => builder.Services.AddSingleton(store));

    private static async Task CallAsync(CostFixture costs, int count, string model = "stub-model")
    {
        var client = new StubChatClient().UseAgentObservability(costs.Root);
        for (var i = 0; i < count; i++)
        {
            await Calls.MakeAsync(client, isStreaming: false, new() { ModelId = model });
        }
    }

    private static async Task LoggedAsync(CostFixture costs, int eventId)
    {
        while (costs.Logs.GetSnapshot().All(log => log.Id.Id != eventId))
        {
            await Task.Yield();
        }
    }

    private static async Task RefusedAsync(FaultyCostStore store, int count)
    {
        while (store.RefusalCount < count)
        {
            await Task.Yield();
        }
    }

    private static async Task CountedAsync(BatchCostStore store, int count)
    {
        while (await store.CountAsync(CostQuery.All, Token) < count)
        {
            await Task.Yield();
        }
    }

    /// <summary>Lets the pauses between tries pass until a task is done.</summary>
    private static async Task AdvanceUntilAsync(CostFixture costs, Task task)
    {
        while (!task.IsCompleted)
        {
            Token.ThrowIfCancellationRequested();
            costs.Clock.TryAdvanceToNextTimer(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        await task;
    }
}

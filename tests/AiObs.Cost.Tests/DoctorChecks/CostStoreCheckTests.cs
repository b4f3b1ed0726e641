using AiObs.Cost.Tests.Ledger;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Cost.Tests.DoctorChecks;

public sealed class CostStoreCheckTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Store_IsDown_IsFoundUntilItIsBack()
    {
        var isDown = true;
        var store = new FaultyCostStore(_ => Volatile.Read(ref isDown));
        using var costs = Create(store);

        await CallAsync(costs, 1);
        await AdvanceUntilAsync(costs, () => store.RefusalCount >= 20);
        var finding = Assert.Single(await FindAsync(costs, "AIOBS034"));
        Volatile.Write(ref isDown, false);
        var flushed = costs.Root.Costs!.FlushAsync(Token);
        await AdvanceUntilAsync(costs, () => flushed.IsCompleted);
        await flushed;

        Assert.Equal(DoctorSeverity.Error, finding.Severity);
        Assert.Matches("^The cost store is broken after [0-9]+ failures, last System.IO.IOException; 1 records wait.$", finding.Seen);
        Assert.Empty(await FindAsync(costs, "AIOBS034"));
        Assert.Empty(await FindAsync(costs, "AIOBS035"));
    }

    [Fact]
    public async Task Records_FindTheQueueFull_AreCounted()
    {
        using var costs = Create(new FaultyCostStore(static _ => true), static options => options.StoreQueueCapacity = 2);

        await CallAsync(costs, 5);

        var finding = Assert.Single(await FindAsync(costs, "AIOBS035"));
        Assert.Equal((DoctorSeverity.Error, "3 cost records were lost: 3 found the queue full."), (finding.Severity, finding.Seen));
        var disposal = costs.Root.DisposeAsync().AsTask();
        await AdvanceUntilAsync(costs, () => disposal.IsCompleted);
    }

    [Fact]
    public async Task Records_InMemory_AreNotWrittenBehind()
    {
        using var costs = new CostFixture();

        await CallAsync(costs, 1);

        Assert.Empty(await FindAsync(costs, "AIOBS034"));
        Assert.Empty(await FindAsync(costs, "AIOBS035"));
    }

    private static CostFixture Create(ICostStore store, Action<CostTrackingOptions>? configure = null) =>
        new(configure, builder => builder.Services.AddSingleton(store));

    private static async Task CallAsync(CostFixture costs, int count)
    {
        using var client = Calls.Answering.UseAgentObservability(costs.Root);
        for (var call = 0; call < count; call++)
        {
            await client.GetResponseAsync("Hi", cancellationToken: Token);
        }
    }

    private static async Task AdvanceUntilAsync(CostFixture costs, Func<bool> isReached)
    {
        while (!isReached())
        {
            Token.ThrowIfCancellationRequested();
            costs.Clock.TryAdvanceToNextTimer(TimeSpan.FromSeconds(15));
            await Task.Yield();
        }
    }

    private static async Task<IReadOnlyList<DoctorFinding>> FindAsync(CostFixture costs, string id) =>
        [.. (await costs.Root.Doctor.RunAsync(Token)).Where(finding => finding.Id == id)];
}

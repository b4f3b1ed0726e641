using AiObs.Cost.Pricing;
using AiObs.Operations;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AiObs.Cost.Tests;

public sealed class CostRegistrationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void AddCostTracking_Once_RegistersItsServices()
    {
        using var provider = Services(static builder => builder.AddCostTracking(static o => o.StoreCapacity = 5)).BuildServiceProvider();

        var costs = provider.GetRequiredService<CostTracking>();

        Assert.Same(costs, provider.GetRequiredService<AgentObservability>().Costs);
        Assert.Same(costs.Accumulator, provider.GetRequiredService<CostAccumulator>());
        Assert.Same(costs.Store, provider.GetRequiredService<ICostStore>());
    }

    [Fact]
    public void AddCostTracking_Twice_RegistersOnceAndRunsBothConfigures()
    {
        var services = Services(static builder => builder
            .AddCostTracking(static o => o.StoreCapacity = 5)
            .AddCostTracking(static o => o.TrustReportedCost = false));

        Assert.Single(services, static service => service.ServiceType == typeof(CostTracking));
        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<CostTracking>().Options;
        Assert.Equal((5, false), (options.StoreCapacity, options.TrustReportedCost));
    }

    [Fact]
    public void Create_WithoutAddCostTracking_HasNone()
    {
        using var root = AgentObservability.Create();

        Assert.Null(root.Costs);
    }

    [Fact]
    public void AddCostTracking_WrongOptions_SayAllThatIsWrong()
    {
        var exception = Assert.Throws<OptionsValidationException>(static () => AgentObservability.Create(static builder => builder.AddCostTracking(static o =>
        {
            o.StoreCapacity = 0;
            o.StoreQueueCapacity = 1_000_001;
            o.StoreQueueCapacityBytes = 1_023;
            o.AccumulatorCapacity = -1;
            o.Budgets.Add(new());
            o.Reservations.KeyCapacity = 0;
            o.BurnRate.FastThreshold = 0;
            o.Pricing.Aliases["a"] = "";
        })));

        Assert.Equal(
            ["AccumulatorCapacity", "Budgets:0", "Budgets:0:Name", "BurnRate:FastThreshold", "Pricing:Aliases:a", "Reservations:KeyCapacity", "StoreCapacity", "StoreQueueCapacity", "StoreQueueCapacityBytes"],
            exception.Failures
                .Select(static failure => failure.Split(' ')[0].Replace("AgentObservability:Costs:", "", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AddCostTracking_StoreOfTheApplication_GetsTheRecords()
    {
        var store = new SlowStore();
        var services = Services(builder =>
        {
            builder.Services.AddSingleton<ICostStore>(store);
            builder.AddCostTracking(CostFixture.Prices);
        });
        await using (var provider = services.BuildServiceProvider())
        {
            await Calls.MakeAsync(new ToolRounds(1).Model.UseAgentObservability(provider), isStreaming: false);
            Assert.Equal(1, provider.GetRequiredService<CostAccumulator>().Total.CallCount);
            store.Gate.Release();
        }

        Assert.Equal(1, await store.Inner.CountAsync(CostQuery.All, Token));
    }

    [Fact]
    public async Task StoreQueueCapacity_StoreThatHangs_DropsAndCountsTheRest()
    {
        var store = new SlowStore();
        using var costs = new CostFixture(static o => o.StoreQueueCapacity = 2, builder => builder.Services.AddSingleton<ICostStore>(store));
        var client = new StubChatClient().UseAgentObservability(costs.Root);

        await Calls.MakeAsync(client, isStreaming: false);
        await store.Asked.WaitAsync(Token);
        for (var i = 0; i < 3; i++)
        {
            await Calls.MakeAsync(client, isStreaming: false);
        }

        Assert.Equal(2, costs.Metrics.Of("aiobs.drops").Count);
        store.Gate.Release();
    }

    [Fact]
    public async Task StoreQueueCapacityBytes_StoreThatHangs_DropsAndCountsTheRest()
    {
        var store = new SlowStore();
        using var costs = new CostFixture(static o => o.StoreQueueCapacityBytes = 12_000, builder => builder.Services.AddSingleton<ICostStore>(store));
        var client = new StubChatClient().UseAgentObservability(costs.Root);
        using var tagged = AgentContext.Begin(tags: [new string('t', 2_000)]);

        for (var i = 0; i < 3; i++)
        {
            await Calls.MakeAsync(client, isStreaming: false);
        }

        Assert.Single(costs.Metrics.Of("aiobs.drops"));
        store.Gate.Release();
    }

    [Fact]
    public async Task AddCostTracking_PricingProviderAmongTheServices_IsAsked()
    {
        using var costs = new CostFixture(build: static builder => builder.Services.AddSingleton<IPricingProvider>(new FlatPrices()));

        await Calls.MakeAsync(new StubChatClient().UseAgentObservability(costs.Root), isStreaming: false, new() { ModelId = "house-model" });

        Assert.Equal(PriceSource.Custom, Assert.Single(costs.Records).Source);
    }

    [Fact]
    public async Task Host_Started_LoadsPricesOfProviders()
    {
        var prices = new FlatPrices();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IPricingProvider>(prices).AddAgentObservability().AddCostTracking();
        using var host = builder.Build();

        await host.StartAsync(Token);
        await prices.Loaded.WaitAsync(Token);
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Host_SectionOfCosts_IsBound()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AgentObservability:Costs:StoreCapacity"] = "7",
            ["AgentObservability:Costs:StoreQueueCapacity"] = "8",
            ["AgentObservability:Costs:StoreQueueCapacityBytes"] = "4096",
            ["AgentObservability:Costs:AccumulatorCapacity"] = "9",
            ["AgentObservability:Costs:TrustReportedCost"] = "false",
            ["AgentObservability:Costs:EstimateMissingUsage"] = "false",
            ["AgentObservability:Costs:Budgets:0:Name"] = "day",
            ["AgentObservability:Costs:Budgets:0:Limit"] = "2.5",
            ["AgentObservability:Costs:Reservations:DefaultOutputTokens"] = "10",
            ["AgentObservability:Costs:BurnRate:FastThreshold"] = "11",
            ["AgentObservability:Costs:Pricing:Aliases:house"] = "openai/gpt-4o",
        });
        builder.Services.AddAgentObservability().AddCostTracking();
        using var host = builder.Build();
        await host.StartAsync(Token);

        var options = host.Services.GetRequiredService<CostTracking>().Options;

        Assert.Equal(
            (7, 8, 4_096L, 9), (options.StoreCapacity, options.StoreQueueCapacity, options.StoreQueueCapacityBytes, options.AccumulatorCapacity));
        Assert.Equal((false, false), (options.TrustReportedCost, options.EstimateMissingUsage));
        Assert.Equal(("day", 2.5m), (Assert.Single(options.Budgets).Name, options.Budgets[0].Limit));
        Assert.Equal((10, 11), (options.Reservations.DefaultOutputTokens, options.BurnRate.FastThreshold));
        Assert.Equal("openai/gpt-4o", options.Pricing.Aliases["house"]);
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Host_MatchOfPrices_StopsTheStartAndSaysWhatToWrite()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
        [
            new("AgentObservability:Costs:Pricing:Prices:0:Model", "gpt-4o"),
            new("AgentObservability:Costs:Pricing:Prices:0:Match", "Prefix"),
            new("AgentObservability:Costs:Pricing:Prices:0:Rates:input_mtok", "2"),
        ]);
        builder.Services.AddAgentObservability().AddCostTracking();
        using var host = builder.Build();

        var thrown = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Equal(
            "AgentObservability:Costs:Pricing:Prices:0:Match is no option any more. "
            + "Where it was Prefix, end Model in *, as in gpt-4o*; where it was Exact, leave it out.",
            thrown.Message);
    }

    [Fact]
    public async Task UseCostTracking_WithoutAnyRoot_HasOneOfItsOwn()
    {
        using var model = new StubChatClient();
        var client = model.UseCostTracking(CostFixture.Prices);

        await Calls.MakeAsync(client, isStreaming: false);

        Assert.Single(CostFixture.RecordsOf(client.GetService<CostTracking>()!));
        client.Dispose();
        Assert.Equal(1, model.DisposeCount);
    }

    [Fact]
    public void UseCostTracking_RootOfTheInnerClient_IsShared()
    {
        using var costs = new CostFixture();

        var client = new StubChatClient().UseAgentObservability(costs.Root).UseCostTracking();

        Assert.Same(costs.Root.Costs, client.GetService<CostTracking>());
        Assert.Same(costs.Root, client.GetService<AgentObservability>());
    }

    [Fact]
    public void UseCostTracking_RootOfTheServices_IsShared()
    {
        using var provider = Services(static builder => builder.AddCostTracking()).BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<CostTracking>(), new StubChatClient().UseCostTracking(provider).GetService<CostTracking>());
    }

    [Fact]
    public void UseCostTracking_RootWithoutCosts_GivesTheClientItsOwn()
    {
        using var costs = new CostFixture(tracksCosts: false);

        using var client = new StubChatClient().UseCostTracking(costs.Root);

        Assert.NotNull(client.GetService<CostTracking>());
        Assert.Null(costs.Root.Costs);
    }

    [Fact]
    public void UseCostTracking_WrongOptions_AreRefused() => Assert.Throws<OptionsValidationException>(
        static () => new StubChatClient().UseCostTracking(static o => o.StoreCapacity = 0));

    private static ServiceCollection Services(Action<AgentObservabilityBuilder> build)
    {
        var services = new ServiceCollection();
        build(services.AddAgentObservability(static o => o.SourceName = $"cost-{Guid.NewGuid():N}"));
        return services;
    }

    private sealed class FlatPrices : IPricingProvider
    {
        public StubGate Loaded { get; } = new();

        public PriceLookup Find(in PriceRequest request) => request.Model == "house-model"
            ? PriceLookup.Found(new ModelPrice("house", "house-model", new Dictionary<string, UnitRate> { ["input_mtok"] = 1, ["output_mtok"] = 1 }))
            : PriceLookup.UnknownModel;

        public ValueTask LoadAsync(CancellationToken cancellationToken)
        {
            Loaded.Release();
            return default;
        }
    }

    /// <summary>Keeps nothing before it is told to.</summary>
    private sealed class SlowStore : ICostStore
    {
        public InMemoryCostStore Inner { get; } = new();

        public StubGate Asked { get; } = new();

        public StubGate Gate { get; } = new();

        public async ValueTask<bool> RecordAsync(CostRecord record, CancellationToken cancellationToken = default)
        {
            Asked.Release();
            await Gate.WaitAsync(cancellationToken);
            return await Inner.RecordAsync(record, cancellationToken);
        }

        public ValueTask<CostPage> ListAsync(CostQuery query, CancellationToken cancellationToken = default) => Inner.ListAsync(query, cancellationToken);

        public ValueTask<long> CountAsync(CostQuery query, CancellationToken cancellationToken = default) => Inner.CountAsync(query, cancellationToken);

        public ValueTask<CostSum> SumAsync(CostQuery query, CancellationToken cancellationToken = default) => Inner.SumAsync(query, cancellationToken);

        public ValueTask<IReadOnlyList<CostGroup>> SumByAsync(CostQuery query, CostGrouping grouping, CancellationToken cancellationToken = default) =>
            Inner.SumByAsync(query, grouping, cancellationToken);

        public ValueTask<Erasure> EraseIdsAsync(CostQuery query, CancellationToken cancellationToken = default) => Inner.EraseIdsAsync(query, cancellationToken);

        public ValueTask<Erasure> ApplyRetentionAsync(TimeSpan maxAge, CancellationToken cancellationToken = default) =>
            Inner.ApplyRetentionAsync(maxAge, cancellationToken);

        public ValueTask<bool> WipeErasedAsync(CancellationToken cancellationToken = default) => Inner.WipeErasedAsync(cancellationToken);
    }
}

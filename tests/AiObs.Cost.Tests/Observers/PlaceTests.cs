using AiObs.Chat;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace AiObs.Cost.Tests.Observers;

/// <summary>Lines outside of clients that are observed further inside: left out where they add nothing, refused where they would have no effect.</summary>
public sealed class PlaceTests
{
    public static TheoryData<string, string> Refused => new()
    {
        { "options", "its options would have no effect" },
        { "cost options", "its options would have no effect" },
        { "cost", "nothing would be priced" },
        { "sink", "the sink StubEventSink would hear of nothing" },
    };

    [Theory]
    [InlineData("UseAgentObservability")]
    [InlineData("UseCostTracking")]
    public void Further_NothingToAdd_IsTheClientItselfWithOneWarning(string method)
    {
        using var costs = new CostFixture();
        IChatClient loop = new FunctionInvokingChatClient(new StubChatClient().UseAgentObservability(costs.Root));
        IChatClient Add(IChatClient client) => method == "UseCostTracking" ? client.UseCostTracking(costs.Root) : client.UseAgentObservability(costs.Root);

        var once = Add(loop);
        var twice = Add(once);

        Assert.Same(loop, once);
        Assert.Same(loop, twice);
        var log = Assert.Single(costs.Logs.GetSnapshot());
        Assert.StartsWith($"{method} was left out on FunctionInvokingChatClient", log.Message, StringComparison.Ordinal);
        Assert.Contains("Drop this line", log.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Further_SomethingToAdd_IsRefusedNamingTheLineToMove(string kind, string reason)
    {
        using var costs = new CostFixture(tracksCosts: false);
        IChatClient loop = new FunctionInvokingChatClient(new StubChatClient().UseAgentObservability(costs.Root));

        var exception = Assert.Throws<InvalidOperationException>(() => kind switch
        {
            "options" => loop.UseAgentObservability(costs.Root, static options => options.CaptureContent = ContentCapture.None),
            "cost options" => loop.UseCostTracking(costs.Root, static options => options.TrustReportedCost = false),
            "cost" => loop.UseCostTracking(costs.Root),
            _ => loop.UseEventSink(new StubEventSink()),
        });

        Assert.Contains("was called on FunctionInvokingChatClient, inside of which the model calls are observed already", exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Contains("right before or after the UseAgentObservability() or UseCostTracking() inside", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Further_InABuilder_IsRefusedWhenItIsBuilt()
    {
        using var costs = new CostFixture();
        var builder = new StubChatClient().AsBuilder()
            .UseAgentObservability(costs.Root, static options => options.CaptureContent = ContentCapture.All)
            .UseFunctionInvocation()
            .UseCostTracking(costs.Root);

        Assert.Throws<InvalidOperationException>(() => builder.Build());
    }

    [Fact]
    public void Further_ObservedInsideIsOff_IsObservedOutside()
    {
        using var costs = new CostFixture();
        var loop = new FunctionInvokingChatClient(new StubChatClient().UseAgentObservability(costs.Root, static options => options.Enabled = false));

        var client = loop.UseAgentObservability(costs.Root, static options => options.CaptureContent = ContentCapture.All);

        Assert.IsType<ObservingChatClient>(client);
        Assert.Empty(costs.Logs.GetSnapshot());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TwoRoots_OneCall_IsObservedByTheOuterWithAWarning(bool isStreaming)
    {
        using var inner = new CostFixture();
        using var outer = new CostFixture();
        var client = new Between(new ToolRounds(1).Model.UseAgentObservability(inner.Root)).UseAgentObservability(outer.Root);

        await Calls.MakeAsync(client, isStreaming);

        Assert.Empty(inner.Spans.Spans);
        Assert.Single(outer.Records);
        Assert.Contains("UseAgentObservability(services, o => ...)", Assert.Single(outer.Logs.GetSnapshot()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoRoots_OuterPricesNothing_TheInnerStillDoes()
    {
        using var inner = new CostFixture();
        using var outer = new CostFixture(tracksCosts: false);
        var client = new Between(new ToolRounds(1).Model.UseAgentObservability(inner.Root)).UseAgentObservability(outer.Root);

        await Calls.MakeAsync(client, isStreaming: false);

        Assert.Single(inner.Records);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cache_Inside_IsWarnedOf(bool isObservedInside)
    {
        using var costs = new CostFixture();
        IChatClient model = new StubChatClient();
        model = isObservedInside ? model.UseAgentObservability(costs.Root) : model;
        IDistributedCache memory = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));

        var client = new DistributedCachingChatClient(model, memory).UseAgentObservability(costs.Root);

        var log = Assert.Single(costs.Logs.GetSnapshot());
        Assert.Equal(isObservedInside ? "ObserverLeftOut" : "ObserverOutsideOfCache", log.Id.Name);
        Assert.Equal(isObservedInside, client is DistributedCachingChatClient);
    }

    [Fact]
    public async Task GetService_Throws_TheClientIsObserved()
    {
        using var costs = new CostFixture();
        using var model = new StubChatClient { OnGetService = static (_, _) => throw new InvalidOperationException("a"), Metadata = null };

        var client = model.UseCostTracking(costs.Root).UseAgentObservability(costs.Root);
        await Calls.MakeAsync(client, isStreaming: false, new() { ModelId = "stub-model" });

        Assert.Single(costs.Records);
        Assert.Single(costs.Spans.Spans);
        Assert.Single(costs.Logs.GetSnapshot());
    }

    private sealed class Between(IChatClient inner) : DelegatingChatClient(inner);
}

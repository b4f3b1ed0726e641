using System.Diagnostics;
using AiObs.Events;
using AiObs.Operations;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using AiObs.Tests.Chat;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace AiObs.Tests.DoctorChecks;

/// <summary>Each finding of the root itself: the situation that it is about is made for real.</summary>
public sealed class RootChecksTests : AgentTest
{
    [Fact]
    public async Task Healthy_RootWithPricedCallsAndContent_HasNoFinding()
    {
        await using var root = AgentObservability.Create(builder => builder
            .Configure(o => (o.SourceName, o.CaptureContent) = (Source, ContentCapture.All))
            .AddCallGate(new PricingGate())
            .AddEventSink(new InMemoryEventSink()));

        await Calls.MakeAsync(Agent(Calls.Answering, root), isStreaming: false);
        await Calls.MakeAsync(Agent(Calls.Answering, root), isStreaming: true);
        await root.Events.FlushAsync(Token);

        Assert.Empty(await root.Doctor.RunAsync(Token));
    }

    [Fact]
    public async Task NoCost_CallsThatUseTokensWithoutPrices_AreCounted()
    {
        var root = Observe();
        Assert.Empty(await FindAsync(root, "AIOBS001"));

        await Calls.MakeAsync(Calls.Answering.UseAgentObservability(root), isStreaming: false);
        await Calls.MakeAsync(Calls.Streaming.UseAgentObservability(root), isStreaming: true);

        var finding = Assert.Single(await FindAsync(root, "AIOBS001"));
        Assert.Equal((DoctorSeverity.Warning, "2 model calls used tokens, and none has a cost."), (finding.Severity, finding.Seen));
        Assert.Equal("services.AddAgentObservability().AddCostTracking();", finding.Remedy);
    }

    [Fact]
    public async Task NoContent_ByDefault_IsAnInformation()
    {
        var finding = Assert.Single(await FindAsync(Observe(static o => o.CaptureContent = ContentCapture.None), "AIOBS002"));

        Assert.Equal(DoctorSeverity.Information, finding.Severity);
        Assert.Equal("services.AddAgentObservability(o => o.CaptureContent = ContentCapture.Spans);", finding.Remedy);
        Assert.Empty(await FindAsync(Observe(static o => o.CaptureContent = ContentCapture.Events), "AIOBS002"));
    }

    [Fact]
    public async Task NobodyListens_RootAlone_IsAnErrorUntilSomebodyDoesOrItIsSwitchedOff()
    {
        var name = $"alone-{Guid.NewGuid():N}";
        var root = Observe(o => o.SourceName = name);

        var before = Assert.Single(await FindAsync(root, "AIOBS003"));
        using (new SpanCollector(name))
        {
            Assert.Empty(await FindAsync(root, "AIOBS003"));
        }

        var after = Assert.Single(await FindAsync(root, "AIOBS003"));
        root.Enabled = false;

        Assert.Equal((DoctorSeverity.Error, $"Nobody listens to the activity source {name}, so there are no spans."), (before.Severity, before.Seen));
        Assert.Equal($"Nobody listens to the activity source {name} any more, so there are no spans.", after.Seen);
        Assert.Equal("The tracer provider was disposed.", after.Cause);
        Assert.Empty(await FindAsync(root, "AIOBS003"));
    }

    [Fact]
    public async Task SampledFailures_SamplerTakesSomeSpansAlone_CountsTheFailuresThatItLeftOut()
    {
        var name = $"sampled-{Guid.NewGuid():N}";
        var result = ActivitySamplingResult.AllDataAndRecorded;
        using var spans = new SpanCollector(name, (ref ActivityCreationOptions<ActivityContext> _) => result);
        var root = Observe(o => o.SourceName = name);
        await Calls.MakeAsync(Calls.Answering.UseAgentObservability(root), isStreaming: false);
        Assert.Empty(await FindAsync(root, "AIOBS005"));

        result = ActivitySamplingResult.PropagationData;
        await Assert.ThrowsAsync<InvalidOperationException>(() => Calls.MakeAsync(Calls.Failing.UseAgentObservability(root), isStreaming: false));
        result = ActivitySamplingResult.None;
        await Assert.ThrowsAsync<InvalidOperationException>(() => Calls.MakeAsync(Calls.Failing.UseAgentObservability(root), isStreaming: false));

        Assert.Equal(
            "2 operations failed without a span that is exported, while 1 others have one.", Assert.Single(await FindAsync(root, "AIOBS005")).Seen);
    }

    [Fact]
    public async Task InnerTracer_ClientTracesItself_NamesItsSource()
    {
        using var theirs = new ActivitySource("Their.Source");
        var root = Observe();

        _ = new StubChatClient { OnGetService = (type, _) => type == typeof(ActivitySource) ? theirs : null }.UseAgentObservability(root);

        Assert.Equal("An observed client traces its model calls itself, with the activity source Their.Source.", Assert.Single(await FindAsync(root, "AIOBS010")).Seen);
    }

    [Fact]
    public async Task Hidden_ClientBetweenTwoObserversHidesTheInnerOne_NamesTheModel()
    {
        var root = Observe();
        var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sunny."));
        var client = new HidingChatClient(Loop(model.UseAgentObservability(root))).UseAgentObservability(root);

        await RunAsync(client, isStreaming: false, Weather());

        Assert.Equal("Calls of model stub-model are observed twice.", Assert.Single(await FindAsync(root, "AIOBS011")).Seen);
    }

    [Fact]
    public async Task TwoRoots_OneInsideOfTheOther_NamesTheLineAndTheClient()
    {
        var root = Observe();
        using var other = AgentObservability.Create();

        _ = Loop(new StubChatClient().UseAgentObservability(other)).UseAgentObservability(root);

        Assert.Equal(
            "UseAgentObservability was called on FunctionInvokingChatClient, which another AgentObservability observes.", Assert.Single(await FindAsync(root, "AIOBS012")).Seen);
    }

    [Fact]
    public async Task TracedAround_AnObservedCall_NamesTheMethod()
    {
        var root = Observe();
        using var model = Calls.Answering.UseAgentObservability(root);

        await root.Tracer.TraceLlmAsync("m", new() { Messages = [new(ChatRole.User, "Hi")] }, _ => model.GetResponseAsync("Hi", cancellationToken: Token), Token);

        Assert.Equal("TraceLlmAsync was used around a model call that is observed by itself.", Assert.Single(await FindAsync(root, "AIOBS013")).Seen);
    }

    [Fact]
    public async Task UnheardLoop_InsideOfTheObserver_IsFound()
    {
        var root = Observe();

        _ = Loop(new StubChatClient()).UseAgentObservability(root);

        Assert.Equal("builder.UseFunctionInvocation().UseAgentObservability()", Assert.Single(await FindAsync(root, "AIOBS014")).Remedy);
    }

    [Theory]
    [InlineData(false, "AIOBS015", "UseAgentObservability on DistributedCachingChatClient stands outside of a cache.")]
    [InlineData(true, "AIOBS016", "UseAgentObservability was left out on DistributedCachingChatClient: the model calls inside of it are observed already.")]
    public async Task Cache_InsideOfTheObserver_IsFound(bool isObservedInside, string id, string seen)
    {
        var root = Observe();
        IChatClient model = new StubChatClient();
        model = isObservedInside ? model.UseAgentObservability(root) : model;
        IDistributedCache memory = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));

        _ = new DistributedCachingChatClient(model, memory).UseAgentObservability(root);

        Assert.Equal(seen, Assert.Single(await FindAsync(root, id)).Seen);
    }

    [Theory]
    [InlineData("helper", "Tool weather of agent helper ran without a span.")]
    [InlineData("evil\u001b[31m\u202e", "Tool weather of agent evil\uFFFD[31m\uFFFD ran without a span.")]
    public async Task UnobservedTool_LoopOfOnesOwn_NamesToolAndAgentInOneLine(string agent, string seen)
    {
        var root = Observe();
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sunny."));

        await RunAsync(new StubFunctionLoop(model.UseAgentObservability(root)).UseAgent(agent, root), isStreaming: false, Weather());

        Assert.Equal(seen, Assert.Single(await FindAsync(root, "AIOBS017")).Seen);
    }

    [Fact]
    public async Task Warnings_OfAViewForOneClient_AreTheRootsToo()
    {
        var root = Observe();

        _ = Loop(new StubChatClient()).UseAgentObservability(root, static o => o.RecordTags = true);

        Assert.Single(await FindAsync(root, "AIOBS014"));
    }

    private static async Task<IReadOnlyList<DoctorFinding>> FindAsync(AgentObservability root, string id) =>
        [.. (await root.Doctor.RunAsync(Token)).Where(finding => finding.Id == id)];

    /// <summary>Says of each call that it cost something.</summary>
    private sealed class PricingGate : ICallGate
    {
        public ValueTask<CallTicket?> AdmitAsync(CallRequest request, CancellationToken cancellationToken) => new(new Ticket());

        public CallTicket? Adopt(CallRequest request) => new Ticket();

        private sealed class Ticket : CallTicket
        {
            public override string Name => "pricing";

            public override CallCost? Settle(ModelOperation ended) => new() { Total = 0.01m };
        }
    }
}

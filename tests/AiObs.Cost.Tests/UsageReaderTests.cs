using AiObs.Operations;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests;

/// <summary>The application's own readers of what adapters leave in the objects of an SDK.</summary>
public sealed class UsageReaderTests
{
    private static UsageDetails Usage => new() { InputTokenCount = 1_000, OutputTokenCount = 100, TotalTokenCount = 1_100 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_WithAReader_IsPricedByWhatTheObjectSays(bool isStreaming)
    {
        var reader = new Reader();
        using var costs = new CostFixture(build: builder => builder.Configure(o => o.AddUsageReader(reader)));

        await AskAsync(costs, new Raw(), isStreaming);

        // Of 1,000 and 100 tokens 300 were read from the cache, and 7 more are citations.
        var record = Assert.Single(costs.Records);
        Assert.Equal(0.0021m + 0.00009m + 0.001605m, record.Receipt.Total);
        Assert.Equal((0.25m, 0.25m, PriceSource.Reported, CostCompleteness.Exact), (record.Total, record.ReportedTotal, record.Source, record.Completeness));
    }

    [Fact]
    public async Task Call_ReportedCostIsNotTrusted_HasBoth()
    {
        using var costs = new CostFixture(static o => o.TrustReportedCost = false, static builder => builder.Configure(static o => o.AddUsageReader(new Reader())));

        await AskAsync(costs, new Raw(), isStreaming: false);

        var record = Assert.Single(costs.Records);
        Assert.Equal((record.Receipt.Total, 0.25m, PriceSource.Options), (record.Total, record.ReportedTotal, record.Source));
    }

    [Fact]
    public async Task Call_ReaderOfOneClient_ReadsForThatOne()
    {
        using var costs = new CostFixture();
        using var model = Model(new Raw());
        using var client = model.UseAgentObservability(costs.Root, static o => o.AddUsageReader(new Reader()));

        await Calls.MakeAsync(client, isStreaming: false);
        await AskAsync(costs, new Raw(), isStreaming: false);

        Assert.Equal([0.25m, 0.0045m], costs.Records.Select(static record => record.Total));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_ReaderThrows_IsCountedOnceForTheTypeAndTheAdaptersCountsHold(bool isStreaming)
    {
        var reader = new Reader { Throws = true };
        using var costs = new CostFixture(build: builder => builder.Configure(o => o.AddUsageReader(reader)));
        using var model = Model(new Raw());
        using var client = model.UseAgentObservability(costs.Root);

        await Calls.MakeAsync(client, isStreaming);
        await Calls.MakeAsync(client, isStreaming);

        Assert.Equal([0.0045m, 0.0045m], costs.Records.Select(static record => record.Total));
        Assert.Equal("usage_reader", Assert.Single(costs.Metrics.Of("aiobs.faults")).Tags["aiobs.part"]);
        Assert.Equal(1, reader.Asked);
    }

    [Fact]
    public async Task Stream_TextOfAModel_IsNotRead()
    {
        var reader = new Reader();
        using var costs = new CostFixture(build: builder => builder.Configure(o => o.AddUsageReader(reader)));
        using var model = new StubChatClient
        {
            OnStream = static _ => new StubUpdates(
                new(ChatRole.Assistant, "Dry") { RawRepresentation = new Raw() },
                new(ChatRole.Assistant, [new TextContent("."), new TextReasoningContent("Because.")]) { RawRepresentation = new Raw() },
                new(ChatRole.Assistant, [new UsageContent(Usage)]) { RawRepresentation = new Raw() }),
        };

        await Calls.MakeAsync(model.UseAgentObservability(costs.Root), isStreaming: true);

        Assert.Equal(1, reader.Asked);
    }

    [Fact]
    public async Task Call_OfALoopInside_IsTheSumThatTheLoopReports()
    {
        var reader = new Reader();
        using var costs = new CostFixture(build: builder => builder.Configure(o => o.AddUsageReader(reader)));
        using var model = Model(new Raw());
        using var client = new FunctionInvokingChatClient(model).UseAgentObservability(costs.Root);

        await Calls.MakeAsync(client, isStreaming: false);

        Assert.Equal((0, 0.0045m), (reader.Asked, Assert.Single(costs.Records).Total));
    }

    [Fact]
    public async Task RecordAsync_ResponseWithItsObject_IsReadToo()
    {
        using var costs = new CostFixture(build: static builder => builder.Configure(static o => o.AddUsageReader(new Reader())));
        var response = new ChatResponse { Usage = Usage, ModelId = "stub-model", RawRepresentation = new Raw() };

        var record = await costs.Root.CostRecorder!.RecordAsync(response, new CostRecording { Provider = "stub" }, TestContext.Current.CancellationToken);
        var told = await costs.Root.CostRecorder!.RecordAsync(
            response, new CostRecording { Provider = "stub", ReportedTotal = 0.5m, CallId = "2" }, TestContext.Current.CancellationToken);

        Assert.Equal((0.25m, 0.003795m), (record.Total, record.Receipt.Total));
        Assert.Equal(0.5m, told.Total);
    }

    [Fact]
    public void AddUsageReader_Nothing_IsRefused() =>
        Assert.Throws<ArgumentNullException>(static () => new AgentObservabilityOptions().AddUsageReader(null!));

    private static async Task AskAsync(CostFixture costs, object raw, bool isStreaming)
    {
        using var model = Model(raw);
        await Calls.MakeAsync(model.UseAgentObservability(costs.Root), isStreaming);
    }

    private static StubChatClient Model(object raw) => new()
    {
        OnResponse = _ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Dry.")) { Usage = Usage, RawRepresentation = raw }),
        OnStream = _ => new StubUpdates(
            new ChatResponseUpdate(ChatRole.Assistant, "Dry."), new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(Usage)]) { RawRepresentation = raw }),
    };

    private sealed class Raw;

    private sealed class Reader : IUsageReader
    {
        public bool Throws { get; init; }

        public int Asked { get; private set; }

        public bool TryRead(object raw, ref ReportedUsage usage)
        {
            Asked++;
            usage.CacheRead = 300;
            usage.Citation = 7;
            usage.Cost = 0.25m;
            return Throws ? throw new InvalidOperationException("a") : raw is Raw;
        }
    }
}

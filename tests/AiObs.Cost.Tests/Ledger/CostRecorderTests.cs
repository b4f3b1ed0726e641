using AiObs.Cost.Tests.Repricing;
using AiObs.Operations;
using AiObs.StoreContracts;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Cost.Tests.Ledger;

public sealed class CostRecorderTests : IDisposable
{
    private static readonly CostRecording Nothing = new();

    private readonly CostFixture _fixture = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static ChatResponse Answer => new(new ChatMessage(ChatRole.Assistant, "Hello."))
    {
        ModelId = "stub-model-1",
        ResponseId = "r1",
        Usage = new() { InputTokenCount = 1000, OutputTokenCount = 200, CachedInputTokenCount = 600 },
    };

    private ICostRecorder Recorder => _fixture.Root.CostRecorder!;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task RecordAsync_Response_IsPricedKeptAndCounted()
    {
        var record = await Recorder.RecordAsync(
            Answer,
            new()
            {
                Provider = "acme",
                RequestModel = "stub-model",
                ConversationId = "c1",
                UserId = "ada",
                SessionId = "s1",
                Tags = ["red"],
                Time = CostSamples.Start,
            },
            Stop);

        Assert.Equal(0.00438m, record.Total);
        Assert.Equal((PriceSource.Options, "stub-model-1"), (record.Source, record.Receipt.Rule));
        Assert.Equal(
            ("r1", CostSamples.Start, OperationKind.Chat, "acme", "stub-model", "stub-model-1"),
            (record.CallId, record.Time, record.Operation, record.Provider, record.RequestModel, record.ResponseModel));
        Assert.Equal(("c1", "ada", "s1"), (record.ConversationId, record.UserId, record.SessionId));
        Assert.Equal(["red"], record.Tags);
        Assert.Equal([record], _fixture.Records);
        Assert.Equal(0.00438m, _fixture.Root.Costs!.Accumulator.Find(CostGrouping.User, "ada")!.Total);
        Assert.Equal(0.00438, Assert.Single(_fixture.Metrics.Of("aiobs.cost")).Value);
        Assert.Empty(_fixture.Spans.Spans);
    }

    [Fact]
    public async Task RecordAsync_ResponseTwice_KeepsAndCountsItOnce()
    {
        await Recorder.RecordAsync(Answer, cancellationToken: Stop);
        await Recorder.RecordAsync(Answer, cancellationToken: Stop);

        Assert.Single(_fixture.Records);
        Assert.Equal(1, _fixture.Root.Costs!.Accumulator.Total.CallCount);
        Assert.Single(_fixture.Metrics.Of("aiobs.cost"));
    }

    [Fact]
    public async Task RecordAsync_OwnCallId_BeatsThatOfTheResponse()
    {
        await Recorder.RecordAsync(Answer, new() { CallId = "a" }, Stop);
        await Recorder.RecordAsync(Answer, new() { CallId = "b" }, Stop);

        Assert.Equal(["a", "b"], _fixture.Records.Select(static record => record.CallId));
    }

    [Fact]
    public async Task RecordAsync_NoIdAnywhere_IsACallOfItsOwnNow()
    {
        var response = Answer;
        response.ResponseId = "";

        var first = await Recorder.RecordAsync(response, cancellationToken: Stop);
        var second = await Recorder.RecordAsync(response, cancellationToken: Stop);

        Assert.NotEqual(first.CallId, second.CallId);
        Assert.Equal(_fixture.Clock.GetUtcNow(), first.Time);
        Assert.Equal(2, _fixture.Records.Count);
    }

    [Fact]
    public async Task RecordAsync_InsideOfAScope_TakesFromItWhatDetailsLack()
    {
        CostRecord record;
        using (AgentContext.Begin("c1", "ada", "s1", ["red"]))
        {
            record = await Recorder.RecordAsync(Answer, new() { UserId = "bob" }, Stop);
            Assert.Equal("ada", AgentContext.Current!.UserId);
        }

        Assert.Equal(("c1", "bob", "s1"), (record.ConversationId, record.UserId, record.SessionId));
        Assert.Equal(["red"], record.Tags);
    }

    [Fact]
    public async Task RecordAsync_UserIdsAreHashed_HashesThatOfTheDetailsToo()
    {
        using var fixture = new CostFixture(build: static builder => builder.Configure(static o => o.Privacy.UserIdHashKey = "a key of sixteen+"));
        var given = await fixture.Root.CostRecorder!.RecordAsync(Answer, new() { CallId = "1", UserId = "ada" }, Stop);
        using var scope = AgentContext.Begin(userId: "ada");

        var ambient = await fixture.Root.CostRecorder!.RecordAsync(Answer, new() { CallId = "2" }, Stop);

        Assert.Equal(32, given.UserId!.Length);
        Assert.Equal(ambient.UserId, given.UserId);
    }

    [Fact]
    public async Task RecordAsync_OwnPricing_BeatsThatOfTheScopeAndTheOptions()
    {
        var own = new FixedPrices(("own", "stub-model-1", 1_000_000, 0));
        using var scope = AgentContext.UsePricing(new FixedPrices(("scope", "stub-model-1", 1_000, 0)));

        Assert.Equal(1000m, (await Recorder.RecordAsync(Answer, new() { CallId = "1", Pricing = own }, Stop)).Total);
        Assert.Equal(1m, (await Recorder.RecordAsync(Answer, new() { CallId = "2" }, Stop)).Total);
    }

    [Fact]
    public async Task RecordAsync_UnknownModel_IsKeptUnpriced()
    {
        var response = Answer;
        response.ModelId = "unheard-of";

        var record = await Recorder.RecordAsync(response, cancellationToken: Stop);

        Assert.Null(record.Total);
        Assert.Equal(CostCompleteness.Unpriced, record.Completeness);
        Assert.Equal(1, (await _fixture.Root.Costs!.Store.SumAsync(CostQuery.All, Stop)).UnpricedCount);
    }

    [Fact]
    public async Task RecordAsync_NoUsage_IsUnpricedNotFree()
    {
        var response = Answer;
        response.Usage = null;

        var record = await Recorder.RecordAsync(response, cancellationToken: Stop);

        Assert.Null(record.Total);
        Assert.Equal("no usage was reported", record.Receipt.Reason);
        Assert.Empty(record.Receipt.Usage.All);
    }

    [Fact]
    public async Task RecordAsync_NoUsageButTheMessages_IsEstimated()
    {
        var response = Answer;
        response.Usage = null;

        var record = await Recorder.RecordAsync(response, new() { Messages = [new(ChatRole.User, "What is the weather like?")] }, Stop);

        Assert.True(record.Total > 0);
        Assert.Equal((CostCompleteness.Estimated, CostCompleteness.Estimated), (record.Completeness, record.Receipt.UsageCompleteness));
        Assert.True(record.Receipt.Usage["input_tokens"] > record.Receipt.Usage["output_tokens"]);
    }

    [Fact]
    public async Task RecordAsync_UnpricedEstimate_StaysAnEstimateWhenItGetsAPrice()
    {
        var response = Answer;
        response.Usage = null;
        response.ModelId = "unheard-of";

        var record = await Recorder.RecordAsync(response, new() { Messages = [new(ChatRole.User, "Hi")] }, Stop);

        Assert.Equal((CostCompleteness.Unpriced, CostCompleteness.Estimated), (record.Completeness, record.Receipt.UsageCompleteness));
    }

    [Fact]
    public async Task RecordAsync_OutputNotReported_IsPartial()
    {
        var record = await Recorder.RecordAsync(new UsageDetails { InputTokenCount = 1000 }, new() { RequestModel = "stub-model" }, Stop);

        Assert.Equal((0.003m, CostCompleteness.Partial, CostCompleteness.Partial), (record.Total, record.Completeness, record.Receipt.UsageCompleteness));
    }

    [Fact]
    public async Task RecordAsync_WhatTheProviderSaysItCost_StandsBesideTheComputedAmount()
    {
        var record = await Recorder.RecordAsync(Answer, new() { ReportedTotal = 0.01m }, Stop);

        Assert.Equal((0.01m, 0.01m, 0.00438m, PriceSource.Reported), (record.Total, record.ReportedTotal, record.Receipt.Total, record.Source));
    }

    [Fact]
    public async Task RecordAsync_ServiceTier_IsThatOfTheDetailsElseOfTheResponse()
    {
        using var fixture = new CostFixture(static costs => costs.Pricing.ServiceTierMultipliers["batch"] = 0.5m);
        var response = Answer;
        response.AdditionalProperties = new() { ["service_tier"] = "batch" };

        var byResponse = await fixture.Root.CostRecorder!.RecordAsync(response, new() { CallId = "1" }, Stop);
        var byDetails = await fixture.Root.CostRecorder!.RecordAsync(response, new() { CallId = "2", ServiceTier = "default" }, Stop);

        Assert.Equal((0.00219m, 0.00438m), (byResponse.Total, byDetails.Total));
    }

    [Fact]
    public async Task RecordAsync_Endpoint_TellsTheProvider()
    {
        var record = await Recorder.RecordAsync(Answer, new() { Endpoint = new("https://api.anthropic.com/v1") }, Stop);

        Assert.Equal("anthropic", record.Provider);
    }

    [Fact]
    public async Task RecordAsync_Usage_IsPricedLikeAResponse()
    {
        var record = await Recorder.RecordAsync(Answer.Usage, new() { RequestModel = "stub-model" }, Stop);

        Assert.Equal((0.00438m, "stub-model"), (record.Total, record.Model));
    }

    [Fact]
    public async Task RecordAsync_UsageThatIsNotKnown_IsUnpriced() =>
        Assert.Null((await Recorder.RecordAsync((UsageDetails?)null, new() { RequestModel = "stub-model" }, Stop)).Total);

    [Fact]
    public async Task RecordAsync_Embeddings_HaveInputAlone()
    {
        var embeddings = new GeneratedEmbeddings<Embedding<float>>([new Embedding<float>(new float[] { 1 }) { ModelId = "stub-model-1" }])
        {
            Usage = new() { InputTokenCount = 1000 },
        };

        var record = await Recorder.RecordAsync(embeddings, cancellationToken: Stop);

        Assert.Equal((0.003m, OperationKind.Embeddings, "stub-model-1"), (record.Total, record.Operation, record.ResponseModel));
        Assert.Equal(CostCompleteness.Exact, record.Completeness);
    }

    [Fact]
    public async Task RecordAsync_Cancelled_KeepsAndCountsNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Recorder.RecordAsync(Answer, cancellationToken: new CancellationToken(canceled: true)));

        Assert.Empty(_fixture.Records);
        Assert.Equal(CostSum.Zero, _fixture.Root.Costs!.Accumulator.Total);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RecordAsync_ResponseOfAnObservedCall_LeavesNoSecondRecord(bool isStreaming)
    {
        var response = await ObserveAsync(isStreaming);

        var again = await Recorder.RecordAsync(response, new() { Provider = "stub" }, Stop);
        await Recorder.RecordAsync(response, new() { CallId = "job-17" }, Stop);
        await Recorder.RecordAsync(response.Usage, new() { CallId = "r1", RequestModel = "stub-model" }, Stop);

        var record = Assert.Single(_fixture.Records);
        Assert.Equal((0.00438m, 0.00438m), (record.Total, again.Total));
        Assert.Equal(1, _fixture.Root.Costs!.Accumulator.Total.RecordCount);
        Assert.Single(_fixture.Metrics.Of("aiobs.cost"));
    }

    [Fact]
    public async Task RecordAsync_ResponseOfAClientWithCostsOfItsOwn_LeavesNoSecondRecord()
    {
        using var model = StubChatClient.Answering(Answer);
        using var client = model.UseAgentObservability(_fixture.Root).UseCostTracking(_fixture.Root, static o => o.StoreQueueCapacity = 1);
        var response = await client.GetResponseAsync("Hi", cancellationToken: Stop);

        await Recorder.RecordAsync(response, cancellationToken: Stop);

        Assert.Single(_fixture.Records);
    }

    [Fact]
    public async Task RecordAsync_ManyResponsesOfObservedCallsInParallel_LeavesNoSecondRecord()
    {
        var number = 0;
        using var model = new StubChatClient
        {
            OnResponse = _ =>
            {
                var answer = Answer;
                answer.ResponseId = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"r{Interlocked.Increment(ref number)}");
                return Task.FromResult(answer);
            },
        };
        using var client = model.UseAgentObservability(_fixture.Root);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(
            async () =>
            {
                var response = await client.GetResponseAsync("Hi", cancellationToken: Stop);
                await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Recorder.RecordAsync(response, cancellationToken: Stop).AsTask()));
            },
            Stop)));

        Assert.Equal(100, _fixture.Root.Costs!.Accumulator.Total.RecordCount);
        Assert.Equal(100, await _fixture.Root.Costs!.Store.CountAsync(CostQuery.All, Stop));
    }

    [Fact]
    public async Task RecordAsync_SameIdOfAnotherProvider_IsAnotherResponse()
    {
        var response = await ObserveAsync(isStreaming: false);

        await Recorder.RecordAsync(response, new() { Provider = "anthropic" }, Stop);

        Assert.Equal(["stub", "anthropic"], _fixture.Records.Select(static record => record.Provider));
    }

    [Fact]
    public async Task RecordAsync_EmptyIdAndThatOfAnObservedResponse_LeavesNoSecondRecord()
    {
        var response = await ObserveAsync(isStreaming: false);
        response.ResponseId = "";

        await Recorder.RecordAsync(response, new() { CallId = "r1" }, Stop);

        Assert.Single(_fixture.Records);
    }

    [Fact]
    public async Task RecordAsync_ResponseOfAnObservedCallAnHourAgo_IsRecorded()
    {
        var response = await ObserveAsync(isStreaming: false);
        _fixture.Clock.Advance(TimeSpan.FromHours(1));
        await Recorder.RecordAsync(response, cancellationToken: Stop);
        Assert.Single(_fixture.Records);

        _fixture.Clock.Advance(TimeSpan.FromTicks(1));
        await Recorder.RecordAsync(response, cancellationToken: Stop);

        Assert.Equal(2, _fixture.Records.Count);
    }

    private async Task<ChatResponse> ObserveAsync(bool isStreaming)
    {
        using var model = isStreaming ? StubChatClient.Streaming([.. Answer.ToChatResponseUpdates()]) : StubChatClient.Answering(Answer);
        using var client = model.UseAgentObservability(_fixture.Root);
        return isStreaming
            ? await client.GetStreamingResponseAsync("Hi", cancellationToken: Stop).ToChatResponseAsync(Stop)
            : await client.GetResponseAsync("Hi", cancellationToken: Stop);
    }

    [Fact]
    public void Operation_ThatHasNoPrice_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Nothing with { Operation = OperationKind.Tool });

    [Fact]
    public void CostRecorder_WithoutCostTracking_IsNull()
    {
        using var root = AgentObservability.Create();

        Assert.Null(root.CostRecorder);
    }

    [Fact]
    public void Services_WithCostTracking_HaveTheRecorderOfTheRoot()
    {
        var services = new ServiceCollection();
        services.AddAgentObservability().AddCostTracking();
        using var provider = services.BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<AgentObservability>().CostRecorder, provider.GetRequiredService<ICostRecorder>());
    }

    [Fact]
    public async Task Pricing_OfTheRoot_RepricesWithTheOptionsOfTheApplication()
    {
        var record = await Recorder.RecordAsync(Answer, new() { Pricing = new FixedPrices(("own", "stub-model-1", 1_000_000, 0)) }, Stop);

        var receipt = AiObs.Cost.CostRepricing.Compare(record, new() { Prices = _fixture.Root.Costs!.Pricing }).Receipt;

        Assert.Equal((0.00438m, PriceSource.Options), (receipt.Total, receipt.Source));
    }
}

using AiObs.Operations;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using AiObs.Tracing;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests;

/// <summary>What a call cost, as it stands on its span.</summary>
public sealed class CostAttributeTests
{
    private static readonly Dictionary<string, object?> Answered = new(ExpectedTags.Both)
    {
        ["llm.model_name"] = "stub-model-1",
        ["llm.response.model_name"] = "stub-model-1",
        ["llm.finish_reason"] = "stop",
        ["llm.token_count.prompt"] = 1000L,
        ["llm.token_count.completion"] = 200L,
        ["llm.token_count.total"] = 1200L,
        ["llm.token_count.prompt_details.cache_read"] = 600L,
        ["llm.token_count.prompt_details.cache_write"] = 100L,
        ["llm.token_count.completion_details.reasoning"] = 50L,
        ["gen_ai.response.model"] = "stub-model-1",
        ["gen_ai.response.id"] = "r1",
        ["gen_ai.response.finish_reasons"] = new[] { "stop" },
        ["gen_ai.usage.input_tokens"] = 1000L,
        ["gen_ai.usage.output_tokens"] = 200L,
        ["gen_ai.usage.cache_read.input_tokens"] = 600L,
        ["gen_ai.usage.cache_creation.input_tokens"] = 100L,
        ["gen_ai.usage.reasoning.output_tokens"] = 50L,
    };

    private static readonly Dictionary<string, object?> Costs = new()
    {
        ["llm.cost.prompt"] = 0.001455,
        ["llm.cost.completion"] = 0.003,
        ["llm.cost.total"] = 0.004455,
        ["llm.cost.prompt_details.input"] = 0.0009,
        ["llm.cost.prompt_details.cache_read"] = 0.00018,
        ["llm.cost.prompt_details.cache_write"] = 0.000375,
        ["llm.cost.completion_details.output"] = 0.003,
        ["aiobs.cost.total"] = 0.004455,
        ["aiobs.cost.source"] = "options",
        ["aiobs.cost.completeness"] = "exact",
        ["aiobs.cost.rule"] = "stub-model-1",
    };

    private static ChatResponse Answer => new(new ChatMessage(ChatRole.Assistant, "Hello."))
    {
        ModelId = "stub-model-1",
        ResponseId = "r1",
        FinishReason = ChatFinishReason.Stop,
        Usage = new()
        {
            InputTokenCount = 1000,
            OutputTokenCount = 200,
            CachedInputTokenCount = 600,
            ReasoningTokenCount = 50,
            AdditionalCounts = new() { ["CacheCreationInputTokens"] = 100 },
        },
    };

    [Fact]
    public async Task GetResponseAsync_Answered_WritesCostInBothConventions()
    {
        using var costs = new CostFixture();

        await Calls.MakeAsync(StubChatClient.Answering(Answer).UseAgentObservability(costs.Root), isStreaming: false);

        SpanAssert.Attributes(new(Answered.Concat(Costs)), costs.Spans.Only());
    }

    [Fact]
    public async Task GetStreamingResponseAsync_Answered_WritesTheSameCost()
    {
        using var costs = new CostFixture();
        var model = StubChatClient.Streaming(Answer.ToChatResponseUpdates());

        await Calls.MakeAsync(model.UseAgentObservability(costs.Root), isStreaming: true);

        SpanAssert.Attributes(
            new(Answered.Concat(Costs))
            {
                ["gen_ai.request.stream"] = true,
                ["gen_ai.response.time_to_first_chunk"] = 0.0,
                ["aiobs.stream.outcome"] = "completed",
                ["aiobs.stream.chunks"] = 2L,
            },
            costs.Spans.Only());
    }

    [Fact]
    public async Task GetResponseAsync_RatesForAudioAndReasoning_AreWrittenApart()
    {
        using var costs = new CostFixture(static o => o.Pricing.Prices.Add(new()
        {
            Model = "m",
            Rates =
            {
                ["input_mtok"] = 1,
                ["input_audio_mtok"] = 10,
                ["output_mtok"] = 2,
                ["output_reasoning_mtok"] = 4,
            },
        }));
#pragma warning disable MEAI001 // The counts that adapters report.
        var answer = new ChatResponse
        {
            ModelId = "m",
            Usage = new()
            {
                InputTokenCount = 1000,
                InputAudioTokenCount = 400,
                OutputTokenCount = 1000,
                ReasoningTokenCount = 500,
            },
        };
#pragma warning restore MEAI001

        await Calls.MakeAsync(StubChatClient.Answering(answer).UseAgentObservability(costs.Root), isStreaming: false);

        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["llm.cost.prompt"] = 0.0046,
                ["llm.cost.completion"] = 0.003,
                ["llm.cost.total"] = 0.0076,
                ["llm.cost.prompt_details.input"] = 0.0006,
                ["llm.cost.prompt_details.audio"] = 0.004,
                ["llm.cost.completion_details.output"] = 0.001,
                ["llm.cost.completion_details.reasoning"] = 0.002,
            },
            CostTags(costs, "llm.cost."));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_ModelWithoutPrice_SaysUnpricedAndNoAmount(bool isStreaming)
    {
        using var costs = new CostFixture();
        var answer = Answer;
        answer.ModelId = "nobody-knows-it";

        await Calls.MakeAsync(StubChatClient.Scripted(answer).UseAgentObservability(costs.Root), isStreaming, new() { ModelId = "nor-this" });

        Assert.Equal(new Dictionary<string, object?> { ["aiobs.cost.completeness"] = "unpriced" }, CostTags(costs, "cost"));
        Assert.Null(Assert.Single(costs.Records).Total);
    }

    [Theory]
    [InlineData(0.25, true, "reported", 0.25)]
    [InlineData(0.25, false, "options", 0.0009)]
    [InlineData(0, true, "options", 0.0009)]
    public void TraceLlm_CostReported_StandsBesideTheComputedOne(double reported, bool isTrusted, string source, double total)
    {
        using var costs = new CostFixture(o => o.TrustReportedCost = isTrusted);
        var start = new LlmStart { Messages = [new(ChatRole.User, "Hi")] };

        using (var span = costs.Root.Tracer.StartLlm("stub-model", start))
        {
            span.SetResult(new() { Cost = (decimal)reported, Usage = new() { InputTokenCount = 50, OutputTokenCount = 50 } });
        }

        Assert.Equal(total, costs.Spans.Only().GetTagItem("aiobs.cost.total"));
        Assert.Equal(total, costs.Spans.Only().GetTagItem("llm.cost.total"));
        Assert.Equal(source, costs.Spans.Only().GetTagItem("aiobs.cost.source"));
        Assert.Equal(source != "reported", costs.Spans.Only().GetTagItem("llm.cost.prompt") is not null);
        var record = Assert.Single(costs.Records);
        Assert.Equal((decimal)reported, record.ReportedTotal);
        Assert.Equal(0.0009m, record.Receipt.Total);
    }

    [Fact]
    public void TraceLlm_CostReportedForUnknownModel_IsTheAmount()
    {
        using var costs = new CostFixture(static o => o.TrustReportedCost = false);

        using (var span = costs.Root.Tracer.StartLlm("nobody-knows-it", new() { Messages = [] }))
        {
            span.SetResult(new() { Cost = 0.5m });
        }

        var record = Assert.Single(costs.Records);
        Assert.Equal(0.5m, record.Total);
        Assert.Equal(PriceSource.Reported, record.Source);
        Assert.Equal(CostCompleteness.Exact, record.Completeness);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GenerateAsync_Answered_WritesCost(bool isObserved)
    {
        using var costs = new CostFixture(static o => o.Pricing.Prices.Add(new() { Model = "stub-embedding", Rates = { ["input_mtok"] = 2 } }));
        using var model = new StubEmbeddingGenerator<string, Embedding<float>>(
            static _ => Task.FromResult(new GeneratedEmbeddings<Embedding<float>>([new(new float[] { 1 })]) { Usage = new() { InputTokenCount = 500 } }));
        var generator = isObserved ? model.UseCostTracking(costs.Root).UseAgentObservability(costs.Root) : model.UseCostTracking(costs.Root);

        await generator.GenerateAsync(["rain"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["llm.cost.prompt"] = 0.001,
                ["llm.cost.total"] = 0.001,
                ["llm.cost.prompt_details.input"] = 0.001,
                ["aiobs.cost.total"] = 0.001,
                ["aiobs.cost.source"] = "options",
                ["aiobs.cost.completeness"] = "exact",
                ["aiobs.cost.rule"] = "stub-embedding",
            },
            CostTags(costs, "cost"));
        Assert.Equal(OperationKind.Embeddings, Assert.Single(costs.Records).Operation);
    }

    private static Dictionary<string, object?> CostTags(CostFixture costs, string part) =>
        new(costs.Spans.Only().TagObjects.Where(tag => tag.Key.Contains(part, StringComparison.Ordinal)));
}

using AiObs.Operations;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests;

/// <summary>However the decorators are stacked: each model call has one operation, one record, and its cost on its own span.</summary>
public sealed class LayoutTests
{
    private delegate IChatClient Stack(IChatClient model, AgentObservability root);

    private static readonly Dictionary<string, Stack> OneOperation = new()
    {
        ["observed alone"] = static (model, root) => model.UseAgentObservability(root),
        ["priced alone"] = static (model, root) => model.UseCostTracking(root),
        ["observed around priced"] = static (model, root) => model.UseCostTracking(root).UseAgentObservability(root),
        ["priced around observed"] = static (model, root) => model.UseAgentObservability(root).UseCostTracking(root),
        ["priced twice"] = static (model, root) => model.UseCostTracking(root).UseCostTracking(root),
        ["observed twice"] = static (model, root) => model.UseAgentObservability(root).UseAgentObservability(root),
        ["all of them"] = static (model, root) =>
            model.UseCostTracking(root).UseAgentObservability(root).UseCostTracking(root).UseAgentObservability(root).UseCostTracking(root),
        ["found by nobody"] = static (model, root) => new Opaque(model.UseCostTracking(root)).UseAgentObservability(root),
    };

    private static readonly Dictionary<string, Stack> InALoop = new()
    {
        ["observed inside"] = static (model, root) => Loop(model.UseAgentObservability(root)),
        ["priced inside"] = static (model, root) => Loop(model.UseCostTracking(root)),
        ["observed inside, priced outside"] = static (model, root) => Loop(model.UseAgentObservability(root)).UseCostTracking(root),
        ["observed outside, priced inside"] = static (model, root) => Loop(model.UseCostTracking(root)).UseAgentObservability(root),
        ["observed outside and inside"] = static (model, root) => Loop(model.UseAgentObservability(root)).UseAgentObservability(root),
        ["priced outside and inside"] = static (model, root) => Loop(model.UseCostTracking(root)).UseCostTracking(root),
        ["agent, priced, loop, observed"] = static (model, root) =>
            Loop(model.UseAgentObservability(root)).UseCostTracking(root).UseAgent("a", root),
        ["priced, agent, loop, observed"] = static (model, root) =>
            Loop(model.UseAgentObservability(root)).UseAgent("a", root).UseCostTracking(root),
        ["all of them"] = static (model, root) => Loop(model.UseCostTracking(root).UseAgentObservability(root))
            .UseCostTracking(root).UseAgentObservability(root).UseAgent("a", root),
    };

    public static TheoryData<string, bool> SingleCalls => Cases(OneOperation.Keys);

    public static TheoryData<string, bool> Loops => Cases(InALoop.Keys);

    [Theory]
    [MemberData(nameof(SingleCalls))]
    public async Task Stacked_OneCall_HasOneRecordAndOneSpan(string stack, bool isStreaming)
    {
        using var costs = new CostFixture();
        var rounds = new ToolRounds(1);

        await Calls.MakeAsync(OneOperation[stack](rounds.Model, costs.Root), isStreaming);

        var record = Assert.Single(costs.Records);
        Assert.Equal(rounds.Total, record.Total);
        Assert.Equal((double)rounds.Total, costs.Spans.Only().GetTagItem("aiobs.cost.total"));
        Assert.Equal(costs.Spans.Only().SpanId.ToHexString(), record.SpanId);
        Assert.Equal(rounds.Total, costs.Root.Costs!.Accumulator.Total.Total);
    }

    [Theory]
    [MemberData(nameof(SingleCalls))]
    public async Task Stacked_NobodyListens_IsPricedTheSame(string stack, bool isStreaming)
    {
        using var costs = new CostFixture(listens: false);
        var rounds = new ToolRounds(1);

        await Calls.MakeAsync(OneOperation[stack](rounds.Model, costs.Root), isStreaming);

        var record = Assert.Single(costs.Records);
        Assert.Equal(rounds.Total, record.Total);
        Assert.Null(record.SpanId);
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task Loop_EachRound_HasItsOwnRecordAndSpan(string stack, bool isStreaming)
    {
        using var costs = new CostFixture();
        var rounds = new ToolRounds(3);

        await Calls.MakeAsync(InALoop[stack](rounds.Model, costs.Root), isStreaming, ToolRounds.Options);

        Assert.Equal([ToolRounds.Cost(100, 10), ToolRounds.Cost(200, 20), ToolRounds.Cost(300, 30)], costs.Records.Select(static record => record.Total).Order());
        Assert.Equal(3, costs.Records.Select(static record => record.CallId).Distinct().Count());
        var models = costs.Spans.Spans.Where(static span => span.GetTagItem("openinference.span.kind") is "LLM").ToList();
        Assert.Equal(3, models.Count);
        Assert.Equal(600L, models.Sum(static span => (long)span.GetTagItem("gen_ai.usage.input_tokens")!));
        Assert.Equal((double)rounds.Total, models.Sum(static span => (double)span.GetTagItem("llm.cost.total")!), 12);
        Assert.All(
            costs.Spans.Spans.Except(models),
            static span => Assert.DoesNotContain(span.TagObjects, static tag => tag.Key.Contains("cost", StringComparison.Ordinal) || tag.Key.Contains("token", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task Loop_TierAskedFor_HoldsForEachRound(string stack, bool isStreaming)
    {
        using var costs = new CostFixture(static o => o.Pricing.ServiceTierMultipliers["flex"] = 0.5m);
        var rounds = new ToolRounds(3);
        var options = ToolRounds.Options;
        options.AdditionalProperties = new() { ["service_tier"] = "flex" };

        await Calls.MakeAsync(InALoop[stack](rounds.Model, costs.Root), isStreaming, options);

        Assert.Equal(rounds.Total / 2, costs.Root.Costs!.Accumulator.Total.Total);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Loop_LaterRoundFails_TheFirstIsStillPaidFor(bool isStreaming)
    {
        using var costs = new CostFixture();
        var first = new ToolRounds().Responses[0];
        using var model = new StubChatClient();
        model.OnResponse = _ => model.Calls.Count == 1 ? Task.FromResult(first) : throw new InvalidOperationException("a");
        model.OnStream = _ => model.Calls.Count == 1 ? new StubUpdates(first.ToChatResponseUpdates()) : throw new InvalidOperationException("a");
        var client = Loop(model.UseCostTracking(costs.Root)).UseAgentObservability(costs.Root);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Calls.MakeAsync(client, isStreaming, ToolRounds.Options));

        Assert.Equal(ToolRounds.Cost(100, 10), Assert.Single(costs.Records).Total);
        Assert.Equal(2, costs.Spans.Spans.Count(static span => span.GetTagItem("openinference.span.kind") is "LLM"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Loop_InnerObserverHidden_LaterRoundsCountTwiceWithOneWarning(bool isStreaming)
    {
        using var costs = new CostFixture();
        var rounds = new ToolRounds(3);
        var client = new Opaque(Loop(rounds.Model.UseCostTracking(costs.Root))).UseAgentObservability(costs.Root);

        await Calls.MakeAsync(client, isStreaming, ToolRounds.Options);

        Assert.Equal(
            [ToolRounds.Cost(200, 20), ToolRounds.Cost(300, 30), rounds.Total], costs.Records.Select(static record => record.Total).Order());
        Assert.Contains("GetService", Assert.Single(costs.Logs.GetSnapshot(), static log => log.Id.Name == "ObserverHidden").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Loop_ObservedOutsideAlone_IsOneCallWithTheSumAndSaysSo(bool isStreaming)
    {
        using var costs = new CostFixture();
        var rounds = new ToolRounds(3);

        await Calls.MakeAsync(Loop(rounds.Model).UseAgentObservability(costs.Root), isStreaming, ToolRounds.Options);

        var record = Assert.Single(costs.Records);
        Assert.Equal(rounds.Total, record.Total);
        Assert.Equal((CostCompleteness.Partial, "several rounds as one call"), (record.Completeness, record.Receipt.Reason));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Loop_UpdatesWithoutResponseId_AreAddedUpLikeThePlainCall(bool isStreaming)
    {
        using var costs = new CostFixture();
        var rounds = new ToolRounds(2);
        foreach (var response in rounds.Responses)
        {
            response.ResponseId = null;
        }

        await Calls.MakeAsync(Loop(rounds.Model).UseAgentObservability(costs.Root), isStreaming, ToolRounds.Options);

        var span = Assert.Single(costs.Spans.Spans, static span => span.GetTagItem("openinference.span.kind") is "LLM");
        Assert.Equal((300L, 30L), (span.GetTagItem("gen_ai.usage.input_tokens"), span.GetTagItem("gen_ai.usage.output_tokens")));
        Assert.Equal(rounds.Total, Assert.Single(costs.Records).Total);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Retry_ObservedInside_IsARecordForEachAnswer(bool isStreaming)
    {
        using var costs = new CostFixture();
        var rounds = new ToolRounds();
        var client = new Twice(rounds.Model.UseCostTracking(costs.Root)).UseAgentObservability(costs.Root);

        await Calls.MakeAsync(client, isStreaming);

        Assert.Equal([ToolRounds.Cost(100, 10), ToolRounds.Cost(200, 20)], costs.Records.Select(static record => record.Total).Order());
        Assert.Equal(2, costs.Spans.Spans.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rewritten_RequestReplacedOnTheWay_IsPaidForOnce(bool isStreaming)
    {
        using var costs = new CostFixture();
        var rounds = new ToolRounds(1);
        var client = new Rewriting(rounds.Model.UseAgentObservability(costs.Root)).UseAgentObservability(costs.Root);

        await Calls.MakeAsync(client, isStreaming);

        Assert.Equal(rounds.Total, Assert.Single(costs.Records).Total);
        Assert.Single(costs.Spans.Spans);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cached_AnswerThatNoModelWasAskedFor_CostsNothing(bool isStreaming)
    {
        using var costs = new CostFixture();
        var rounds = new ToolRounds(1);
        var client = new Remembering(rounds.Model.UseAgentObservability(costs.Root)).UseAgentObservability(costs.Root);

        await Calls.MakeAsync(client, isStreaming);
        await Calls.MakeAsync(client, isStreaming);

        Assert.Equal(rounds.Total, Assert.Single(costs.Records).Total);
        Assert.Single(costs.Spans.Spans);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cached_AnswerOfTheCache_HoldsNoBudget(bool isStreaming)
    {
        using var costs = new CostFixture(static options => options.Budgets.Add(new() { Name = "all", TokenLimit = 100_000 }));
        var rounds = new ToolRounds(1);
        var client = new Remembering(rounds.Model.UseAgentObservability(costs.Root)).UseAgentObservability(costs.Root);

        await Calls.MakeAsync(client, isStreaming);
        await Calls.MakeAsync(client, isStreaming);

        var budget = Assert.Single(costs.Root.Costs!.Budgets.List());
        Assert.Equal((110m, 0m), (budget.Spent, budget.Reserved));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SwitchedOffInside_AnswerOfTheModel_IsPaidForOutside(bool isStreaming)
    {
        using var costs = new CostFixture();
        var rounds = new ToolRounds(1);
        var client = rounds.Model.UseAgentObservability(costs.Root, static options => options.Enabled = false)
            .UseAgentObservability(costs.Root)
            .UseAgentObservability(costs.Root);

        await Calls.MakeAsync(client, isStreaming);

        Assert.Equal(rounds.Total, Assert.Single(costs.Records).Total);
    }

    private static StubFunctionLoop Loop(IChatClient inner) => new(inner);

    private static TheoryData<string, bool> Cases(IEnumerable<string> names) =>
        [.. names.SelectMany(static name => (IEnumerable<(string, bool)>)[(name, false), (name, true)])];

    /// <summary>Hides what it wraps.</summary>
    private sealed class Opaque(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(ChatClientMetadata) ? base.GetService(serviceType, serviceKey) : null;
    }

    /// <summary>Asks twice and keeps the second answer.</summary>
    private sealed class Twice(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            await base.GetResponseAsync(messages, options, cancellationToken);
            return await base.GetResponseAsync(messages, options, cancellationToken);
        }

        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await base.GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);
            await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
            {
                yield return update;
            }
        }
    }

    /// <summary>Asks once, and gives that answer again from then on.</summary>
    private sealed class Remembering(IChatClient inner) : DelegatingChatClient(inner)
    {
        private ChatResponse? _answer;

        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            _answer ??= await base.GetResponseAsync(messages, options, cancellationToken);

        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            _answer ??= await base.GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);
            foreach (var update in _answer.ToChatResponseUpdates())
            {
                yield return update;
            }
        }
    }

    /// <summary>Sends another message than it was given.</summary>
    private sealed class Rewriting(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            base.GetResponseAsync([new(ChatRole.User, "Summary")], options, cancellationToken);

        public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            base.GetStreamingResponseAsync([new(ChatRole.User, "Summary")], options, cancellationToken);
    }
}

using AiObs.Cost.Budgets;
using AiObs.Operations;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests;

/// <summary>Answers that a model works on in the background, and that are fetched by later calls.</summary>
public sealed class BackgroundResponseTests
{
    private static readonly ResponseContinuationToken Later = ResponseContinuationToken.FromBytes(new byte[] { 1, 2, 3 });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ChatResponse Running => new() { ResponseId = "r1", ModelId = "stub-model", ContinuationToken = Later };

    private static ChatResponse Done => new(new ChatMessage(ChatRole.Assistant, "Sunny."))
    {
        ResponseId = "r1",
        ModelId = "stub-model",
        FinishReason = ChatFinishReason.Stop,
        Usage = new() { InputTokenCount = 1_000, OutputTokenCount = 100 },
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_FetchedLater_IsPaidForByTheCallThatBringsIt(bool isStacked)
    {
        using var costs = new CostFixture();
        var client = Observe(StubChatClient.Scripted(Running, Running, Done), costs, isStacked);

        var response = await client.GetResponseAsync("How is the weather?", new() { AllowBackgroundResponses = true }, Token);
        while (response.ContinuationToken is { } token)
        {
            response = await client.GetResponseAsync([], new() { ContinuationToken = token }, Token);
        }

        var record = Assert.Single(costs.Records);
        Assert.Equal((0.0045m, CostCompleteness.Exact), (record.Total, record.Completeness));
        Assert.Equal(
            [(null, "in_progress"), (null, "in_progress"), (0.0045, null)],
            costs.Spans.Spans.Select(static span => ((double?)span.GetTagItem("aiobs.cost.total"), (string?)span.GetTagItem("aiobs.response.status"))));
    }

    [Fact]
    public async Task Answer_ThatIsStillRunning_HoldsNoBudget()
    {
        using var costs = new CostFixture(static o => o.Budgets.Add(new Budget { Name = "all", Limit = 1 }));
        var client = Observe(StubChatClient.Scripted(Running), costs, isStacked: false);

        await client.GetResponseAsync("How is the weather?", cancellationToken: Token);

        var status = Assert.Single(costs.Root.Costs!.Budgets.List());
        Assert.Equal((0, 0), (status.Spent, status.Reserved));
    }

    [Fact]
    public async Task Answer_ThatRunsOnAndSaysWhatItUsed_IsPriced()
    {
        using var costs = new CostFixture();
        var usage = Running;
        usage.Usage = Done.Usage;
        var client = Observe(StubChatClient.Scripted(usage), costs, isStacked: false);

        await client.GetResponseAsync("How is the weather?", cancellationToken: Token);

        Assert.Equal(0.0045m, Assert.Single(costs.Records).Total);
        Assert.Null(costs.Spans.Only().GetTagItem("aiobs.response.status"));
    }

    private static IChatClient Observe(StubChatClient model, CostFixture costs, bool isStacked)
    {
        var client = model.UseAgentObservability(costs.Root);
        return isStacked ? client.UseAgentObservability(costs.Root) : client;
    }
}

using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests;

/// <summary>Whatever a model reports, and however often a loop asks it: nothing is paid for twice and nothing is forgotten.</summary>
public sealed class CostProperties : IDisposable
{
    private readonly CostFixture _costs = new();

    public void Dispose() => _costs.Dispose();

    [Fact]
    public void Call_ArbitraryUsage_CostsTheSameStreamedAndNot() => Prop.ForAll<NonNegativeInt, NonNegativeInt, NonNegativeInt>((input, output, cached) =>
    {
        var isReported = cached.Get % 4 != 0;
        var answer = new ChatResponse(new ChatMessage(ChatRole.Assistant, $"{input} {output} words"))
        {
            ModelId = "stub-model-1",
            Usage = !isReported ? null : new()
            {
                InputTokenCount = input.Get,
                OutputTokenCount = output.Get,
                CachedInputTokenCount = Math.Min(cached.Get, input.Get),
            },
        };
        var client = StubChatClient.Scripted(answer, answer).UseCostTracking(_costs.Root);

        var plain = CostOf(() => Calls.MakeAsync(client, isStreaming: false));
        var streamed = CostOf(() => Calls.MakeAsync(client, isStreaming: true));

        return plain == streamed && plain > 0 == (!isReported || input.Get + output.Get > 0);
    }).Check(Fuzz.Config());

    [Fact]
    public void AgentRun_ArbitraryRounds_RollsUpToTheSumOfItsCalls() => Prop.ForAll<PositiveInt, int, bool>((count, layout, isStreaming) =>
    {
        var rounds = new ToolRounds(1 + (count.Get % 6));
        var observed = layout % 2 == 0 ? rounds.Model.UseAgentObservability(_costs.Root) : rounds.Model.UseCostTracking(_costs.Root);
        IChatClient loop = new StubFunctionLoop(observed);
        loop = layout % 3 == 0 ? loop.UseCostTracking(_costs.Root) : layout % 5 == 0 ? loop.UseAgentObservability(_costs.Root) : loop;
        var conversation = Guid.NewGuid().ToString();
        using var scope = AgentContext.Begin(conversation);

        var total = CostOf(() => Calls.MakeAsync(loop.UseAgent("a", _costs.Root), isStreaming, ToolRounds.Options));

        return total == rounds.Total
            && _costs.Root.Costs!.Accumulator.Find(CostGrouping.Conversation, conversation) is { } sum
            && sum.Total == rounds.Total
            && sum.CallCount == rounds.Responses.Length;
    }).Check(Fuzz.Config());

    private decimal CostOf(Func<Task> call)
    {
        var before = _costs.Root.Costs!.Accumulator.Total.Total;
        call().GetAwaiter().GetResult();
        return _costs.Root.Costs!.Accumulator.Total.Total - before;
    }
}

using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests;

/// <summary>A model that calls a tool some times before it answers, with a different usage each time.</summary>
internal sealed class ToolRounds
{
    public ToolRounds(int count = 2)
    {
        Responses = [.. Enumerable.Range(1, count).Select(round => new ChatResponse(new ChatMessage(ChatRole.Assistant, [Content(round, count)]))
        {
            ResponseId = $"r{round}",
            ModelId = "stub-model-1",
            Usage = new() { InputTokenCount = 100 * round, OutputTokenCount = 10 * round, TotalTokenCount = 110 * round },
        })];
        Total = Enumerable.Range(1, count).Sum(static round => Cost(100 * round, 10 * round));
        Model = StubChatClient.Scripted(Responses);
    }

    public static ChatOptions Options => new() { Tools = [AIFunctionFactory.Create(static () => "sunny", "weather")] };

    public ChatResponse[] Responses { get; }

    public StubChatClient Model { get; }

    /// <summary>Gets what all rounds cost together.</summary>
    public decimal Total { get; }

    public static decimal Cost(long input, long output) => ((3m * input) + (15m * output)) / 1_000_000;

    private static AIContent Content(int round, int count) =>
        round < count ? new FunctionCallContent($"c{round}", "weather") : new TextContent("It is sunny.");
}

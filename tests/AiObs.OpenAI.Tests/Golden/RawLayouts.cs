using Microsoft.Extensions.AI;

namespace AiObs.OpenAI.Tests.Golden;

/// <summary>The layouts with a raw client that observes itself.</summary>
internal static class RawLayouts
{
    public static IReadOnlyList<RawLayout> All { get; } =
    [
        new("raw", static run => run.AskRawAsync()),
        new("raw-responses", static run => run.RespondAsync()),
        new("raw-embeddings", static run => run.EmbedAsync()) { CanStream = false },
        new("traced-raw", static run => run.TraceAsync(token => run.CompleteAsync())),
        new("observer-raw", static run => run.AskAsync(run.Adapter.UseAgentObservability(run.Root))),
        new("cost-raw", static run => run.AskAsync(run.Adapter.UseCostTracking(run.Root))) { AsIn = "observer-raw" },
        new("agent-loop-raw", static run => run.AskAsync(Loop(run.Adapter).UseAgent("helper", run.Root))) { Rounds = 2 },
        new("agent-loop-observer-raw", static run => run.AskAsync(Loop(run.Adapter.UseAgentObservability(run.Root)).UseAgent("helper", run.Root))) { Rounds = 2 },
        new("observer-loop-raw", static run => run.AskAsync(Loop(run.Adapter).UseAgentObservability(run.Root))) { Rounds = 2 },
        new("agent-loop-observer-raw-in-a-tool", static run =>
            run.AskAsync(Loop(run.UnobservedAdapter.UseAgentObservability(run.Root)).UseAgent("helper", run.Root))) { Rounds = 2, HasCallInTool = true },
        new("observer-loop-raw-and-raw-in-a-tool", static run => run.AskAsync(Loop(run.Adapter).UseAgentObservability(run.Root))) { Rounds = 2, HasCallInTool = true },
    ];

    private static IChatClient Loop(IChatClient inner) => inner.AsBuilder().UseFunctionInvocation().Build();
}

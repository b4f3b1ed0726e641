using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Golden;

/// <summary>Layouts without a function loop: observers and cost tracking alone and beside each other.</summary>
internal static class PlainLayouts
{
    public static IEnumerable<Layout> All =>
    [
        new("observer", static run => run.Model.UseAgentObservability(run.Root)) { IsCentral = true },
        new("observer-without-cost", static run => run.Model.UseAgentObservability(run.Bare)) { Only = [Outcome.Answered, Outcome.LeftEarly] },
        new("cost", static run => run.Model.UseCostTracking(run.Root)),
        new("cost-of-its-own", static run => run.Model.UseCostTracking(run.Bare, run.SetCosts)),
        new("cost-that-makes-a-root", MakeRoot) { Only = [Outcome.Answered] },
        new("observer-cost", static run => run.Model.UseCostTracking(run.Root).UseAgentObservability(run.Root)),
        new("cost-observer", static run => run.Model.UseAgentObservability(run.Root).UseCostTracking(run.Root)),
        new("observer-with-options-cost", static run => run.Model.UseCostTracking(run.Root).UseAgentObservability(run.Root, WithContent)),
        new("cost-with-options-observer", static run => run.Model.UseAgentObservability(run.Bare).UseCostTracking(run.Bare, run.SetCosts)),
        new("cost-with-options-observer-with-cost", static run => run.Model.UseAgentObservability(run.Root).UseCostTracking(run.Root, run.SetCosts))
        {
            Only = [Outcome.Answered, Outcome.Cut, Outcome.Refused],
        },
        new("observer-cost-with-options", static run => run.Model.UseCostTracking(run.Bare, run.SetCosts).UseAgentObservability(run.Bare)),
        new("cost-cost", static run => run.Model.UseCostTracking(run.Root).UseCostTracking(run.Root)),
        new("observer-observer", static run => run.Model.UseAgentObservability(run.Root).UseAgentObservability(run.Root)),
        new("cost-observer-cost-observer-cost", static run => run.Model
            .UseCostTracking(run.Root).UseAgentObservability(run.Root).UseCostTracking(run.Root).UseAgentObservability(run.Root).UseCostTracking(run.Root)),
        new("agent-observer", static run => run.Model.UseAgentObservability(run.Root).UseAgent("helper", run.Root)),
        new("observer-agent", static run => run.Model.UseAgent("helper", run.Root).UseAgentObservability(run.Root)) { Only = [Outcome.Answered, Outcome.Failed] },
    ];

    private static void WithContent(AgentObservabilityOptions options) => options.CaptureContent = ContentCapture.All;

    private static IChatClient MakeRoot(LayoutRun run)
    {
        var source = run.Recorder.NewSource("client's root");
        var client = run.Model
            .UseAgentObservability(options => options.SourceName = source)
            .UseCostTracking(run.SetCosts);
        run.Recorder.Attach(client.GetService<AgentObservability>()!, "client's root");

        return client;
    }
}

using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Golden;

/// <summary>Layouts around the function loop of Microsoft.Extensions.AI.</summary>
internal static class LoopLayouts
{
    private static readonly Outcome[] Refusing = [Outcome.Answered, Outcome.Failed, Outcome.LeftEarly, Outcome.Cut, Outcome.Refused];

    public static IEnumerable<Layout> All => ((IEnumerable<Layout>)
    [
        new("agent-loop-observer-cost", static run => run.Model.UseCostTracking(run.Root).UseAgentObservability(run.Root).Loop().UseAgent("helper", run.Root))
        {
            IsCentral = true,
        },
        new("agent-loop-cost-observer", static run => run.Model.UseAgentObservability(run.Root).UseCostTracking(run.Root).Loop().UseAgent("helper", run.Root)),
        new("agent-loop-observer", static run => run.Model.UseAgentObservability(run.Root).Loop().UseAgent("helper", run.Root)) { Only = Refusing },
        new("agent-loop", static run => run.Model.Loop().UseAgent("helper", run.Root)) { Only = Refusing },
        new("loop-observer", static run => run.Model.UseAgentObservability(run.Root).Loop()),
        new("observer-loop", static run => run.Model.Loop().UseAgentObservability(run.Root)),
        new("observer-loop-observer", static run => run.Model.UseAgentObservability(run.Root).Loop().UseAgentObservability(run.Root)) { IsCentral = true },
        new("observer-with-options-loop-observer", static run =>
            run.Model.UseAgentObservability(run.Root).Loop().UseAgentObservability(run.Root, static options => options.CaptureContent = ContentCapture.All))
        {
            Only = Refusing,
        },
        new("agent-observer-loop-observer", static run =>
            run.Model.UseAgentObservability(run.Root).Loop().UseAgentObservability(run.Root).UseAgent("helper", run.Root)) { Only = Refusing },
        new("cost-loop-observer", static run => run.Model.UseAgentObservability(run.Root).Loop().UseCostTracking(run.Root)),
        new("cost-loop-observer-without-cost", static run => run.Model.UseAgentObservability(run.Bare).Loop().UseCostTracking(run.Bare, run.SetCosts)),
        new("observer-loop-cost", static run => run.Model.UseCostTracking(run.Root).Loop().UseAgentObservability(run.Root)),
        new("observer-with-options-loop-cost", static run =>
            run.Model.UseCostTracking(run.Root).Loop().UseAgentObservability(run.Root, static options => options.CaptureContent = ContentCapture.All))
        {
            Only = Refusing,
            AsIn = ["observer-with-options-loop-observer"],
        },
        new("observer-loop-cost-of-its-own", static run => run.Model.UseCostTracking(run.Bare, run.SetCosts).Loop().UseAgentObservability(run.Bare))
        {
            Only = Refusing,
        },
        new("observer-hiding-loop-observer", static run =>
            new HidingChatClient(run.Model.UseAgentObservability(run.Root).Loop()).UseAgentObservability(run.Root)) { Only = Refusing },
        new("loop-hiding-observer", static run => new HidingChatClient(run.Model.UseAgentObservability(run.Root)).Loop()) { Only = Refusing },
        new("agent-in-a-tool", AgentInATool) { Only = [Outcome.Answered, Outcome.Failed, Outcome.ToolFailed, Outcome.LeftEarly] },
        new("observed-client-in-a-tool-cost-outside-only", static run => ClientInATool(run, run.Bare)) { Only = [Outcome.Answered, Outcome.Refused] },
        new("observed-client-in-a-tool-of-a-root-with-cost", static run => ClientInATool(run, run.Second)) { Only = [Outcome.Answered, Outcome.Refused] },
    ]).Select(static layout => layout with { Rounds = 2 });

    private static IChatClient AgentInATool(LayoutRun run)
    {
        var expert = Scripted(run, rounds: 2).UseAgentObservability(run.Root).Loop().UseAgent("expert", run.Root);
        var inner = run.Tool;
        run.Tool = AIFunctionFactory.Create(
            async (string city) => (await expert.GetResponseAsync($"Weather of {city}?", new() { Tools = [inner] }, run.Token)).Text, "weather", "Asks an expert.");

        return run.Model.UseAgentObservability(run.Root).Loop().UseAgent("helper", run.Root);
    }

    private static IChatClient ClientInATool(LayoutRun run, AgentObservability rootOfTheOther)
    {
        var other = Scripted(run, rounds: 1).UseAgentObservability(rootOfTheOther);
        run.Tool = AIFunctionFactory.Create(
            async (string city) => (await other.GetResponseAsync($"Weather of {city}?", cancellationToken: run.Token)).Text, "weather", "Asks another client.");

        return run.Model.UseAgentObservability(run.Bare).Loop().UseCostTracking(run.Bare, run.SetCosts);
    }

    private static StubChatClient Scripted(LayoutRun run, int rounds) => Script.Model(rounds, Outcome.Answered, run.Cancellation);
}

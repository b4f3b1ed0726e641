using AiObs.Tracing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Cost.Tests.Golden;

/// <summary>Layouts in which several observe: two roots, the tracer, a container, tracing of others.</summary>
internal static class SharedLayouts
{
    private static readonly Outcome[] Few = [Outcome.Answered, Outcome.Failed, Outcome.LeftEarly, Outcome.Refused];

    public static IEnumerable<Layout> All =>
    [
        new("observer-off-observer", static run => Off(run).UseAgentObservability(run.Root)),
        new("observer-observer-off-observer", static run => Off(run).UseAgentObservability(run.Root).UseAgentObservability(run.Root)) { Only = Few },
        new("observer-root-off", SwitchedOff) { Only = [Outcome.Answered, Outcome.Refused] },
        new("two-roots", static run => run.Model.UseAgentObservability(run.Second).UseAgentObservability(run.Root)),
        new("two-roots-cost-outside", static run => run.Model.UseAgentObservability(run.SecondBare).UseCostTracking(run.Root)) { Only = Few },
        new("two-roots-loop-between", static run => run.Model.UseAgentObservability(run.Second).Loop().UseAgentObservability(run.Root)) { Rounds = 2, Only = Few },
        new("two-roots-agent-outside", static run => run.Model.UseAgentObservability(run.Second).Loop().UseAgent("helper", run.Root)) { Rounds = 2, Only = Few },
        new("traced-observer", static run => run.Model.UseAgentObservability(run.Root)) { Ask = TraceLlmAsync },
        new("traced-unobserved", static run => run.Model) { Ask = TraceLlmAsync, Only = Few },
        new("traced-agent-loop-observer", static run => run.Model.UseAgentObservability(run.Root).Loop()) { Rounds = 2, Ask = TraceAgentAsync, Only = Few },
        new("telemetry-observer", static run => Telemetry(run.Model.UseAgentObservability(run.Root), run)),
        new("observer-telemetry", static run => Telemetry(run.Model, run).UseAgentObservability(run.Root)),
        new("observer-telemetry-observer", static run => Telemetry(run.Model.UseAgentObservability(run.Root), run).UseAgentObservability(run.Root)) { Only = Few },
        new("agent-loop-telemetry-observer", static run =>
            Telemetry(run.Model.UseAgentObservability(run.Root), run).Loop().UseAgent("helper", run.Root)) { Rounds = 2, Only = Few },
        new("telemetry-loop-observer", static run => Telemetry(run.Model.UseAgentObservability(run.Root).Loop(), run)) { Rounds = 2, Only = Few },
        new("agent-loop-telemetry", static run => Telemetry(run.Model, run).Loop().UseAgent("helper", run.Root)) { Rounds = 2, Only = Few },
        new("observed-by-the-container", static run => Contained(run, static model => model)),
        new("observed-by-the-container-loop", static run => Contained(run, static model => model.Loop())) { Rounds = 2, Only = Few },
        new("observed-by-the-container-loop-observer", static run => Contained(run, model => model.UseAgentObservability(run.Root).Loop())) { Rounds = 2, Only = Few },
    ];

    private static IChatClient Off(LayoutRun run) => run.Model.UseAgentObservability(run.Root, static options => options.Enabled = false);

    private static IChatClient Telemetry(IChatClient inner, LayoutRun run) =>
        inner.AsBuilder().UseOpenTelemetry(run.Recorder.Logs, run.TelemetrySource).Build();

    private static IChatClient SwitchedOff(LayoutRun run)
    {
        run.Root.Enabled = false;

        return run.Model.UseAgentObservability(run.Root);
    }

    private static Task TraceLlmAsync(LayoutRun run, IChatClient client) => run.Recorder.CallAsync(() =>
        run.Root.Tracer.TraceLlmAsync("stub-model", new LlmStart { Messages = LayoutRun.Messages }, _ => run.GetResponseAsync(client), run.Token));

    private static Task TraceAgentAsync(LayoutRun run, IChatClient client) => run.Recorder.CallAsync(() =>
        run.Root.Tracer.TraceAgentAsync("helper", new AgentStart { Input = "How is Rome?" }, _ => run.GetResponseAsync(client), run.Token));

    private static IChatClient Contained(LayoutRun run, Func<IChatClient, IChatClient> build)
    {
        var services = new ServiceCollection();
        services.AddChatClient(_ => build(run.Model));
        var builder = services.AddAgentObservability();
        run.Recorder.Configure(run.Configure(builder), "container");
        builder.AddCostTracking(run.SetCosts).ObserveChatClients();
        var provider = run.Keep(services.BuildServiceProvider());
        run.Recorder.Attach(provider.GetRequiredService<AgentObservability>(), "container");

        return provider.GetRequiredService<IChatClient>();
    }
}

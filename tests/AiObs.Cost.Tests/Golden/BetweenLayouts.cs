using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Golden;

/// <summary>Layouts with something between two observers that answers, repeats, redirects or changes calls.</summary>
internal static class BetweenLayouts
{
    private static readonly Outcome[] Few = [Outcome.Answered, Outcome.Failed, Outcome.LeftEarly, Outcome.Cut, Outcome.Refused];

    public static IEnumerable<Layout> All =>
    [
        new("observer-retry-observer", static run => new RetryingChatClient(Flaky(run).UseAgentObservability(run.Root)).UseAgentObservability(run.Root))
        {
            Only = [Outcome.Answered, Outcome.Failed],
        },
        new("observer-retry", static run => new RetryingChatClient(Flaky(run)).UseAgentObservability(run.Root)) { Only = [Outcome.Answered] },
        new("retry-observer", static run => new RetryingChatClient(Flaky(run).UseAgentObservability(run.Root))) { Only = [Outcome.Answered] },
        new("observer-cache-observer", static run => Cached(run.Model.UseAgentObservability(run.Root), run).UseAgentObservability(run.Root))
        {
            Only = Few,
            Ask = AskTwiceAsync,
        },
        new("observer-cache", static run => Cached(run.Model, run).UseAgentObservability(run.Root)) { Only = [Outcome.Answered], Ask = AskTwiceAsync },
        new("cache-observer", static run => Cached(run.Model.UseAgentObservability(run.Root), run)) { Only = [Outcome.Answered], Ask = AskTwiceAsync },
        new("cost-cache-observer", static run => Cached(run.Model.UseAgentObservability(run.Bare), run).UseCostTracking(run.Bare, run.SetCosts))
        {
            Only = [Outcome.Answered],
            Ask = AskTwiceAsync,
        },
        new("observer-router-observers", Routed) { Only = Few, Ask = AskEachWayAsync },
        new("observer-failover-observers", static run => new OrderedFailoverChatClient(
        [
            StubChatClient.Throwing(new InvalidOperationException("The first model broke.")).UseAgentObservability(run.Root),
            run.Model.UseAgentObservability(run.Root),
        ]).UseAgentObservability(run.Root)) { Only = [Outcome.Answered] },
        new("observer-rewriting-observer", static run =>
            new RewritingChatClient(run.Model.UseAgentObservability(run.Root)).UseAgentObservability(run.Root)) { Only = Few },
        new("observer-hiding-observer", static run =>
            new HidingChatClient(run.Model.UseAgentObservability(run.Root)).UseAgentObservability(run.Root)),
        new("cost-hiding-observer", static run =>
            new HidingChatClient(run.Model.UseAgentObservability(run.Root)).UseCostTracking(run.Root)) { Only = Few },
    ];

    private static DistributedCachingChatClient Cached(IChatClient inner, LayoutRun run) => new(inner, run.Cache);

    private static async Task AskTwiceAsync(LayoutRun run, IChatClient client)
    {
        await run.AskAsync(client);
        await run.AskAsync(client);
    }

    private static async Task AskEachWayAsync(LayoutRun run, IChatClient client)
    {
        await run.AskAsync(client, static options => options.ModelId = "cheap-model");
        await run.AskAsync(client, static options => options.ModelId = "dear-model");
    }

    private static IChatClient Routed(LayoutRun run)
    {
        var ways = new Dictionary<string, IChatClient> { ["cheap-model"] = run.Model, ["dear-model"] = run.Model.UseAgentObservability(run.Root) };

        return RoutingChatClient.Create((call, _) => new(ways[call.ChatOptions!.ModelId!])).UseAgentObservability(run.Root);
    }

    /// <summary>Answers with nothing, then fails, and then does what the run says.</summary>
    private static StubChatClient Flaky(LayoutRun run)
    {
        var (respond, stream) = (run.Model.OnResponse, run.Model.OnStream);
        run.Model.OnResponse = call => run.Model.Calls.Count switch
        {
            1 => Task.FromResult(Nothing()),
            2 => Task.FromException<ChatResponse>(new InvalidOperationException("The model is busy.")),
            _ => respond(call),
        };
        run.Model.OnStream = call => run.Model.Calls.Count switch
        {
            1 => new StubUpdates(Nothing().ToChatResponseUpdates()),
            2 => StubUpdates.ThrowingAt(0, new InvalidOperationException("The model is busy.")),
            _ => stream(call),
        };

        return run.Model;
    }

    private static ChatResponse Nothing() => new(new ChatMessage(ChatRole.Assistant, ""))
    {
        ResponseId = "response-0",
        ModelId = "stub-model-1",
        FinishReason = ChatFinishReason.Length,
        Usage = new() { InputTokenCount = 70, OutputTokenCount = 7, TotalTokenCount = 77 },
    };
}

using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Golden;

/// <summary>The layouts of chat clients, each named from outside to inside.</summary>
internal static class Layouts
{
    private static readonly string[] OneCall = ["observer", "cost-of-its-own"];
    private static readonly string[] TwoCalls = ["agent-loop-observer-cost", "loop-observer", "observer-loop", "observer-loop-observer"];

    public static IReadOnlyList<Layout> All { get; } =
    [
        .. ((IEnumerable<Layout>)[.. PlainLayouts.All, .. LoopLayouts.All, .. BetweenLayouts.All, .. SharedLayouts.All]).Select(Compared),
    ];

    /// <summary>Puts the function loop of Microsoft.Extensions.AI around a client.</summary>
    public static IChatClient Loop(this IChatClient inner) => inner.AsBuilder().UseFunctionInvocation().Build();

    private static Layout Compared(Layout layout)
    {
        var others = layout.Rounds > 1 ? TwoCalls : OneCall;

        return layout with { AsIn = [.. layout.AsIn, .. others.TakeWhile(other => other != layout.Name)] };
    }
}

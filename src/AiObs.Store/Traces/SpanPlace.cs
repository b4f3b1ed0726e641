using System.Diagnostics;
using AiObs.Conventions;

namespace AiObs.Store.Traces;

/// <summary>Where a span stands among those above it.</summary>
/// <param name="IsTop">Whether none of them is kept.</param>
/// <param name="Agent">The agent that one of them names, the closest first; what the span names itself is among its tags.</param>
internal readonly record struct SpanPlace(bool IsTop, string? Agent)
{
    /// <summary>Finds it, on the thread of the span.</summary>
    /// <param name="span">The span.</param>
    /// <param name="isKept">Tells whether a span above it is kept.</param>
    public static SpanPlace Of(Activity span, Func<Activity, bool> isKept)
    {
        var (isTop, agent) = (true, (string?)null);
        for (var above = span.Parent; above is not null; above = above.Parent)
        {
            isTop = isTop && !isKept(above);
            agent ??= above.GetTagItem(GenAiAttributes.AgentName) as string;
        }

        return new(isTop, agent);
    }
}

using System.Collections.Immutable;
using System.Diagnostics;

namespace AiObs.OpenTelemetry.Bridge.Sources;

/// <summary>Knows the roots of this process that have a bridge, of which each hears of every span of another library.</summary>
internal static class BridgedRoots
{
    private static ImmutableArray<SpanOrigins> _all = [];

    public static void Add(SpanOrigins origins) => ImmutableInterlocked.Update(ref _all, static (all, added) => all.Add(added), origins);

    public static void Remove(SpanOrigins origins) => ImmutableInterlocked.Update(ref _all, static (all, removed) => all.Remove(removed), origins);

    /// <summary>Tells whether the closest span of a root around a span is one of another root, whose bridge hears of it too.</summary>
    /// <param name="span">The span of another library.</param>
    /// <param name="origins">The root that asks.</param>
    public static bool IsOfAnother(Activity span, SpanOrigins origins)
    {
        var others = _all;
        if (others.Length < 2)
        {
            return false;
        }

        for (var ancestor = span.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (origins.IsOwn(ancestor.Source))
            {
                return false;
            }

            foreach (var other in others)
            {
                if (other.IsOwn(ancestor.Source))
                {
                    return true;
                }
            }
        }

        return false;
    }
}

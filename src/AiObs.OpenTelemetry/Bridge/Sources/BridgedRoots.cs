using System.Collections.Concurrent;
using System.Diagnostics;

namespace AiObs.OpenTelemetry.Bridge.Sources;

/// <summary>Knows the roots of this process that have a bridge, of which each hears of every span of another library.</summary>
internal static class BridgedRoots
{
    private static readonly ConcurrentDictionary<SpanOrigins, bool> All = new();

    public static void Add(SpanOrigins origins) => All.TryAdd(origins, true);

    public static void Remove(SpanOrigins origins) => All.TryRemove(origins, out _);

    /// <summary>Tells whether the closest span of a root around a span is one of another root, whose bridge hears of it too.</summary>
    /// <param name="span">The span of another library.</param>
    /// <param name="origins">The root that asks.</param>
    public static bool IsOfAnother(Activity span, SpanOrigins origins)
    {
        for (var ancestor = span.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (origins.IsOwn(ancestor.Source))
            {
                return false;
            }

            foreach (var (other, _) in All)
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

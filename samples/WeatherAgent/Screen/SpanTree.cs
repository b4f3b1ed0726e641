using System.Diagnostics;

namespace WeatherAgent.Screen;

/// <summary>Puts finished spans in the order of a tree, each level in the order in which the spans began.</summary>
internal sealed class SpanTree
{
    private readonly IReadOnlyList<Activity> _spans;
    private readonly ILookup<ActivitySpanId, Activity> _children;

    private SpanTree(IReadOnlyList<Activity> spans)
    {
        _spans = [.. spans.OrderBy(span => span.StartTimeUtc)];
        _children = _spans.ToLookup(span => span.ParentSpanId);
    }

    public static IEnumerable<SpanNode> Walk(IReadOnlyList<Activity> spans) => new SpanTree(spans).Walk();

    private IEnumerable<SpanNode> Walk()
    {
        var known = _spans.Select(span => span.SpanId).ToHashSet();

        return from span in _spans
               where !known.Contains(span.ParentSpanId)
               from node in Walk(span, branch: "", indent: "")
               select node;
    }

    private IEnumerable<SpanNode> Walk(Activity span, string branch, string indent)
    {
        var children = _children[span.SpanId].ToList();
        yield return new SpanNode(span, branch, $"{indent}{(children.Count > 0 ? "│  " : "   ")}");

        foreach (var child in children)
        {
            var isLast = ReferenceEquals(child, children[^1]);
            foreach (var node in Walk(child, $"{indent}{(isLast ? "└─ " : "├─ ")}", $"{indent}{(isLast ? "   " : "│  ")}"))
            {
                yield return node;
            }
        }
    }
}

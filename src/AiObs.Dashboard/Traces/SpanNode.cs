using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>A span with those right below it.</summary>
internal sealed class SpanNode(SpanRecord span)
{
    private readonly List<SpanNode> _children = [];

    public SpanRecord Span { get; } = span;

    public IReadOnlyList<SpanNode> Children => _children;

    /// <summary>Returns the spans at the top of a tree.</summary>
    public static IReadOnlyList<SpanNode> TopsOf(TraceTree tree)
    {
        var tops = new List<SpanNode>();
        var above = new List<SpanNode>();
        foreach (var row in tree.Rows)
        {
            var node = new SpanNode(row.Span);
            (row.Depth == 0 ? tops : above[row.Depth - 1]._children).Add(node);
            above.RemoveRange(row.Depth, above.Count - row.Depth);
            above.Add(node);
        }

        return tops;
    }
}

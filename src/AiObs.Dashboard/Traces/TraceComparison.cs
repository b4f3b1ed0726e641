using AiObs.Operations;

namespace AiObs.Dashboard.Traces;

/// <summary>Pairs the spans of two traces: those of one kind, name and turn below spans that are a pair.</summary>
internal static class TraceComparison
{
    /// <summary>Returns the pairs in the order of the first trace; what the second has more comes behind its siblings.</summary>
    public static IReadOnlyList<SpanPair> Of(TraceTree left, TraceTree right)
    {
        var pairs = new List<SpanPair>();
        var open = new Stack<(int Depth, SpanNode? Left, SpanNode? Right)>();
        Push(open, 0, SpanNode.TopsOf(left), SpanNode.TopsOf(right));
        while (open.TryPop(out var next))
        {
            pairs.Add(new(next.Depth, next.Left?.Span, next.Right?.Span));
            Push(open, next.Depth + 1, next.Left?.Children ?? [], next.Right?.Children ?? []);
        }

        return pairs;
    }

    private static void Push(Stack<(int Depth, SpanNode? Left, SpanNode? Right)> open, int depth, IReadOnlyList<SpanNode> left, IReadOnlyList<SpanNode> right)
    {
        var rest = Numbered(right).ToDictionary(static node => node.Key, static node => node.Node);
        var pairs = new List<(int, SpanNode?, SpanNode?)>();
        foreach (var (key, node) in Numbered(left))
        {
            rest.Remove(key, out var other);
            pairs.Add((depth, node, other));
        }

        pairs.AddRange(Numbered(right).Where(node => rest.ContainsKey(node.Key)).Select(node => (depth, (SpanNode?)null, (SpanNode?)node.Node)));
        for (var index = pairs.Count - 1; index >= 0; index--)
        {
            open.Push(pairs[index]);
        }
    }

    /// <summary>Gives siblings of the same kind and name numbers, so that the second call of a tool is compared with the second.</summary>
    private static IEnumerable<((OperationKind? Kind, string Name, int Number) Key, SpanNode Node)> Numbered(IReadOnlyList<SpanNode> nodes)
    {
        var counts = new Dictionary<(OperationKind?, string), int>();
        foreach (var node in nodes)
        {
            var number = counts[(node.Span.Kind, node.Span.Name)] = counts.GetValueOrDefault((node.Span.Kind, node.Span.Name)) + 1;
            yield return ((node.Span.Kind, node.Span.Name, number), node);
        }
    }
}

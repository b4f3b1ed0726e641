using AiObs.Dashboard.Traces;

namespace AiObs.Dashboard.Tests.Traces;

public sealed class TraceTreeTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly IReadOnlySet<string> Nothing = new HashSet<string>();

    [Fact]
    public void Spans_InAnyOrder_StandBelowTheirParents()
    {
        var tree = TraceTree.Of([Span(4, 2, 30), Span(2, 1, 10), Span(3, 1, 20), Span(1, null, 0)]);

        Assert.Equal(["1:0 below 3, 1 of 1", "2:1 below 1, 1 of 2", "4:2 below 0, 1 of 1", "3:1 below 0, 2 of 2"], tree.Rows.Select(Text));
    }

    [Fact]
    public void Span_WhoseParentIsNotThere_StandsAtTheTop()
    {
        var tree = TraceTree.Of([Span(1, null, 0), Span(3, 9, 5)]);

        Assert.Equal(["1:0 below 0, 1 of 2", "3:0 below 0, 2 of 2"], tree.Rows.Select(Text));
    }

    [Fact]
    public void Spans_InACircle_AreAllShown()
    {
        var tree = TraceTree.Of([Span(1, 2, 0), Span(2, 3, 1), Span(3, 1, 2), Span(4, 4, 3)]);

        Assert.Equal(["4:0 below 0, 1 of 1", "1:0 below 2, 1 of 1", "3:1 below 1, 1 of 1", "2:2 below 0, 1 of 1"], tree.Rows.Select(Text));
    }

    [Fact]
    public void Spans_TenThousandDeep_AreNoProblem()
    {
        var tree = TraceTree.Of(Enumerable.Range(1, 10_000).Select(number => Span(number, number == 1 ? null : number - 1, number)));

        Assert.Equal((10_000, 9_999, 9_999), (tree.Rows.Count, tree.Rows[^1].Depth, tree.Rows[0].Below));
    }

    [Fact]
    public void Closed_HidesWhatIsBelow()
    {
        var tree = TraceTree.Of([Span(1, null, 0), Span(2, 1, 10), Span(4, 2, 30), Span(3, 1, 40)]);

        Assert.Equal(["1:0", "2:1", "3:1"], Open(tree, new HashSet<string> { Spans.SpanId(2) }));
    }

    [Fact]
    public void Depth_HidesWhatIsDeeper()
    {
        var tree = TraceTree.Of([Span(1, null, 0), Span(2, 1, 10), Span(4, 2, 30), Span(3, 1, 40)]);

        Assert.Equal(["1:0", "2:1", "3:1"], Open(tree, Nothing, maxDepth: 2));
        Assert.Equal(["1:0"], Open(tree, Nothing, maxDepth: 1));
    }

    [Fact]
    public void Toggled_BeyondTheDepth_IsShown()
    {
        var tree = TraceTree.Of([Span(1, null, 0), Span(2, 1, 10), Span(4, 2, 30), Span(5, 4, 35), Span(3, 1, 40)]);

        Assert.Equal(["1:0", "2:1", "3:1"], Open(tree, new HashSet<string> { Spans.SpanId(1) }, maxDepth: 1));
        Assert.Equal(["1:0", "2:1", "4:2", "3:1"], Open(tree, new HashSet<string> { Spans.SpanId(2) }, maxDepth: 2));
    }

    [Fact]
    public void Top_ShowsItsPartAlone()
    {
        var tree = TraceTree.Of([Span(1, null, 0), Span(2, 1, 10), Span(4, 2, 30), Span(3, 1, 40)]);

        Assert.Equal(["2:0", "4:1"], Open(tree, Nothing, top: Spans.SpanId(2)));
        Assert.Equal(["2:0"], Open(tree, Nothing, maxDepth: 1, top: Spans.SpanId(2)));
    }

    [Fact]
    public void Times_SpanAllOfIt()
    {
        var tree = TraceTree.Of([Span(1, null, 5, 10), Span(2, 1, 0, 100)]);

        Assert.Equal((Start, TimeSpan.FromMilliseconds(100)), (tree.Start, tree.Length));
    }

    [Fact]
    public void NoSpans_IsAnEmptyTree() => Assert.Empty(TraceTree.Of([]).Rows);

    private static Store.SpanRecord Span(int span, int? parent, double start, double milliseconds = 1) =>
        Spans.Make(trace: 1, span, parent, Start.AddMilliseconds(start), milliseconds);

    private static IEnumerable<string> Open(TraceTree tree, IReadOnlySet<string> closed, int? maxDepth = null, string? top = null) =>
        tree.Open(new(closed, maxDepth, top, From: 0, Span: null, Find: null)).Select(static row => $"{Number(row)}:{row.Depth}");

    private static string Text(SpanRow row) => $"{Number(row)}:{row.Depth} below {row.Below}, {row.Place} of {row.Siblings}";

    private static int Number(SpanRow row) => Convert.ToInt32(row.Span.SpanId, 16);
}

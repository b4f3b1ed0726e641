using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>The spans of a trace as a tree, written out in the order in which it is read: each span, then all below it.</summary>
/// <remarks>A span whose parent is not there stands at the top. Spans that name each other in a circle do too, the earliest of them first.</remarks>
internal sealed class TraceTree
{
    private TraceTree(SpanRow[] rows)
    {
        Rows = rows;
        if (rows.Length > 0)
        {
            Start = rows.Min(static row => row.Span.Time);
            Length = rows.Max(static row => row.Span.EndTime) - Start;
        }
    }

    public IReadOnlyList<SpanRow> Rows { get; }

    /// <summary>Gets when the earliest span started.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>Gets the time from the start of the earliest span to the end of the last.</summary>
    public TimeSpan Length { get; }

    /// <summary>Makes the tree of spans in any order.</summary>
    public static TraceTree Of(IEnumerable<SpanRecord> spans)
    {
        var all = spans.DistinctBy(static span => span.SpanId).OrderBy(static span => span.Time).ThenBy(static span => span.SpanId, StringComparer.Ordinal).ToArray();
        var ids = all.Select(static span => span.SpanId).ToHashSet(StringComparer.Ordinal);
        var children = all.Where(span => IsBelow(span, ids)).ToLookup(static span => span.ParentSpanId!, StringComparer.Ordinal);
        var rows = new List<SpanRow>(all.Length);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Add([.. all.Where(span => !IsBelow(span, ids))], children, rows, seen);

        // What is left over stands in circles.
        foreach (var span in all)
        {
            if (!seen.Contains(span.SpanId))
            {
                Add([span], children, rows, seen);
            }
        }

        return new([.. rows]);
    }

    /// <summary>Returns the rows that a view shows: those below no closed one, and below a span where only its part is wanted. The depths are those from that span on.</summary>
    public IReadOnlyList<SpanRow> Open(TraceView view)
    {
        if (view is { Top: null, MaxDepth: null, Toggled.Count: 0 })
        {
            return Rows;
        }

        var (from, end) = Part(view.Top);
        var open = new List<SpanRow>();
        for (var index = from; index < end; index++)
        {
            var row = Rows[index] with { Depth = Rows[index].Depth - Rows[from].Depth };
            open.Add(row);
            if (!view.IsOpen(row))
            {
                index += row.Below;
            }
        }

        return open;
    }

    private static bool IsBelow(SpanRecord span, HashSet<string> ids) =>
        span.ParentSpanId is { } parent && parent != span.SpanId && ids.Contains(parent);

    /// <summary>Adds spans and all below them. With a stack of its own, as a trace may be deeper than the program's.</summary>
    private static void Add(SpanRecord[] tops, ILookup<string, SpanRecord> children, List<SpanRow> rows, HashSet<string> seen)
    {
        var open = new Stack<(int Row, Queue<SpanRecord> Children, int Count)>();
        open.Push((-1, new(tops), tops.Length));
        while (open.TryPeek(out var level))
        {
            if (!level.Children.TryDequeue(out var span))
            {
                open.Pop();
                if (level.Row >= 0)
                {
                    rows[level.Row] = rows[level.Row] with { Below = rows.Count - level.Row - 1 };
                }

                continue;
            }

            if (seen.Add(span.SpanId))
            {
                rows.Add(new(span, open.Count - 1, Below: 0, level.Count - level.Children.Count, level.Count));
                var below = children[span.SpanId].ToArray();
                open.Push((rows.Count - 1, new(below), below.Length));
            }
        }
    }

    private (int From, int End) Part(string? top)
    {
        if (top is not null)
        {
            for (var index = 0; index < Rows.Count; index++)
            {
                if (Rows[index].Span.SpanId == top)
                {
                    return (index, index + Rows[index].Below + 1);
                }
            }
        }

        return (0, Rows.Count);
    }
}

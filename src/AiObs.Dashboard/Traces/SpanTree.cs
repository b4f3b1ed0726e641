using System.Globalization;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>The tree and waterfall of a trace, as one table. Never more than <see cref="TraceView.WindowSize"/> rows are in a page, however many spans there are.</summary>
internal static class SpanTree
{
    private const int MostIndents = 24;

    public static void Write(
        HtmlWriter html, PageRequest page, TraceSummary trace, TraceTree tree, IReadOnlyDictionary<string, SpanCost>? costs, TraceView view, Panel<IReadOnlyList<string>> hits)
    {
        var rows = tree.Open(view);
        var from = Math.Min(view.From, Math.Max(0, rows.Count - 1)) / TraceView.WindowSize * TraceView.WindowSize;
        var window = rows.Skip(from).Take(TraceView.WindowSize).ToArray();
        var (start, length) = view.Top is null || rows.Count == 0 ? (tree.Start, tree.Length) : (rows[0].Span.Time, rows[0].Span.Duration);

        var found = (hits.Value ?? []).ToHashSet(StringComparer.Ordinal);
        var address = page.Links.Trace(trace.TraceId);
        var choose = page.Links.Trace(trace.TraceId, view.ToQueryBeforeSpan());

        html.Write($"""<div id="tree" data-rows="{address}/rows{view.ToQuery()}">""");
        WriteTools(html, page, trace, view, rows.Count);
        SpanSearch.Write(html, page, trace, view, hits, rows);
        html.Write($"""
            <table class="tree" role="treegrid" aria-label="Spans" aria-rowcount="{rows.Count + 1}">
            <thead><tr role="row" aria-rowindex="1"><th role="columnheader" scope="col">Span</th><th role="columnheader" scope="col" class="n">Tokens</th><th role="columnheader" scope="col" class="n">Cost</th>
            <th role="columnheader" scope="col" class="n">Duration</th><th role="columnheader" scope="col">Timeline</th></tr></thead><tbody>
            """);
        for (var index = 0; index < window.Length; index++)
        {
            WriteRow(html, page, trace, window[index], from + index, isStop: index == 0, view, costs, found, start, length, address, choose);
        }

        html.Write($"</tbody></table>");
        WriteWindows(html, page, trace, view, from, window.Length, rows.Count);
        html.Write($"</div>");
    }

    private static void WriteRow(
        HtmlWriter html,
        PageRequest page,
        TraceSummary trace,
        SpanRow row,
        int index,
        bool isStop,
        TraceView view,
        IReadOnlyDictionary<string, SpanCost>? costs,
        HashSet<string> hits,
        DateTimeOffset start,
        TimeSpan length,
        string address,
        string choose)
    {
        var span = row.Span;
        var isChosen = view.Span == span.SpanId;
        var isOpen = view.IsOpen(row);
        var cost = costs?.GetValueOrDefault(span.SpanId);
        var id = Uri.EscapeDataString(span.SpanId);
        html.Write($"""
            <tr id="s{span.SpanId}" class="{(hits.Contains(span.SpanId) ? "hit" : "")}" role="row" aria-level="{row.Depth + 1}" aria-posinset="{row.Place}" aria-setsize="{row.Siblings}" aria-rowindex="{index + 2}" aria-selected="{(isChosen ? "true" : "false")}" {new HtmlFlag("aria-expanded=\"true\"", row.Below > 0 && isOpen)}{new HtmlFlag("aria-expanded=\"false\"", row.Below > 0 && !isOpen)} data-span="{address}/spans/{id}" tabindex="{(isStop ? "0" : "-1")}">
            <td role="gridcell" class="name d{Math.Min(row.Depth, MostIndents)}">
            """);
        if (row.Below > 0)
        {
            html.Write($"""<a class="twist" data-twist href="{page.Links.Trace(trace.TraceId, view.Toggle(span.SpanId).ToQuery())}" aria-label="{(isOpen ? "Close" : "Open")} {row.Below} below" tabindex="-1">{(isOpen ? "▾" : "▸")}</a>""");
        }

        html.Write($"""
            {Parts.Kind(span.Kind)} <a data-choose href="{choose}{id}#span" tabindex="-1"><bdi>{span.Name}</bdi></a>{(span.IsError ? ErrorOf(span) : null)}</td>
            <td role="gridcell" class="n">{Shown.Tokens(span.InputTokens, span.OutputTokens)}</td>
            <td role="gridcell" class="n">{(cost is null ? "" : Shown.Money(cost.Sum))}</td>
            <td role="gridcell" class="n">{Shown.Duration(span.Duration)}</td>
            <td role="gridcell" class="line">{SpanBar.Of(span, start, length)}</td></tr>
            """);
    }

    private static Action<HtmlWriter> ErrorOf(SpanRecord span) => html =>
        html.Write($""" <span class="bad"><bdi>{span.ErrorType ?? "error"}</bdi></span>""");

    private static void WriteTools(HtmlWriter html, PageRequest page, TraceSummary trace, TraceView view, int count)
    {
        html.Write($"""<div class="tools"><span>{(count == 1 ? "1 row" : $"{Shown.Number(count)} rows")}</span><ul class="ranges" aria-label="Depth">""");
        foreach (var depth in new int?[] { 1, 2, 3, 4, null })
        {
            var address = page.Links.Trace(trace.TraceId, (view with { MaxDepth = depth, From = 0, Toggled = new HashSet<string>() }).ToQuery());
            html.Write($"""<li><a data-tree href="{address}" aria-current="{(view.MaxDepth == depth ? "true" : "false")}">{(depth is { } levels ? levels.ToString(CultureInfo.InvariantCulture) : "all")}</a></li>""");
        }

        html.Write($"</ul>");
        if (view.Top is not null)
        {
            html.Write($"""<a data-tree href="{page.Links.Trace(trace.TraceId, (view with { Top = null, From = 0 }).ToQuery())}">whole trace</a>""");
        }
        else if (view.Span is { } chosen)
        {
            html.Write($"""<a data-tree href="{page.Links.Trace(trace.TraceId, (view with { Top = chosen, From = 0 }).ToQuery())}">zoom to the chosen span</a>""");
        }

        html.Write($"</div>");
    }

    private static void WriteWindows(HtmlWriter html, PageRequest page, TraceSummary trace, TraceView view, int from, int count, int all)
    {
        if (all <= TraceView.WindowSize)
        {
            return;
        }

        html.Write($"""<nav class="pages" aria-label="Parts of the tree">""");
        if (from > 0)
        {
            html.Write($"""<a rel="prev" data-tree href="{page.Links.Trace(trace.TraceId, (view with { From = from - TraceView.WindowSize }).ToQuery())}">Previous</a>""");
        }

        if (from + count < all)
        {
            html.Write($"""<a rel="next" data-tree href="{page.Links.Trace(trace.TraceId, (view with { From = from + TraceView.WindowSize }).ToQuery())}">Next</a>""");
        }

        html.Write($"<p>rows {Shown.Number(from + 1)} to {Shown.Number(from + count)} of {Shown.Number(all)}</p></nav>");
    }
}

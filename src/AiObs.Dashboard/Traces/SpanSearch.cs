using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>The search in a trace: what is looked for, how many spans have it, and the way from one to the next.</summary>
internal static class SpanSearch
{
    private const int MostLinks = 20;

    public static void Write(HtmlWriter html, PageRequest page, TraceSummary trace, TraceView view, Panel<IReadOnlyList<string>> hits, IReadOnlyList<SpanRow> rows)
    {
        html.Write($"""
            <form class="find" method="get" action="{page.Links.Trace(trace.TraceId)}" role="search"><label class="visually-hidden" for="find">Find in this trace</label>
            <input id="find" name="find" type="search" placeholder="Find in this trace" value="{view.Find}"><button type="submit">Find</button>
            """);
        if (!string.IsNullOrWhiteSpace(view.Find))
        {
            Parts.Of(hits, found => WriteHits(html, page, trace, view, found, rows))(html);
        }

        html.Write($"</form>");
    }

    private static void WriteHits(HtmlWriter html, PageRequest page, TraceSummary trace, TraceView view, IReadOnlyList<string> hits, IReadOnlyList<SpanRow> rows)
    {
        html.Write($"""<span class="hint">{hits.Count} {(hits.Count == 1 ? "span has" : "spans have")} it</span>""");
        var places = rows.Select(static (row, index) => (row.Span, index)).Where(row => hits.Contains(row.Span.SpanId)).Take(MostLinks);
        foreach (var (span, index) in places)
        {
            var window = index / TraceView.WindowSize * TraceView.WindowSize;
            html.Write($"""<a class="hit" href="{page.Links.Trace(trace.TraceId, (view with { Span = span.SpanId, From = window }).ToQuery())}#s{span.SpanId}"><bdi>{span.Name}</bdi></a>""");
        }
    }
}

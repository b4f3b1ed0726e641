using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>The spans of a trace as they are kept.</summary>
internal static class RawTab
{
    private const int MostSpans = 100;

    public static async Task<Action<HtmlWriter>> ReadAsync(PageRequest page, TraceSummary trace)
    {
        var spans = await Panel.ReadAsync(page, stop => page.Sources.Traces.ListSpansAsync(
            new() { TraceId = trace.TraceId, Detail = SpanDetail.Attributes, PageSize = MostSpans }, stop)).ConfigureAwait(false);
        return Parts.Of(spans, (html, found) =>
        {
            html.Write($"""<p><a href="{page.Links.Export(trace.TraceId, "json")}" download>Download all of it as OTLP/JSON</a></p>""");
            foreach (var span in found.Spans)
            {
                html.Write($"""<details><summary>{Parts.Kind(span.Kind)} <bdi>{span.Name}</bdi> <span class="hint">{span.SpanId}</span></summary>""");
                JsonView.Write(html, span.Attributes);
                if (span.Events is { } events)
                {
                    JsonView.Write(html, events);
                }

                html.Write($"</details>");
            }

            if (found.NextCursor is not null)
            {
                html.Write($"""<p class="hint">The first {MostSpans} of {trace.SpanCount} spans. The file has all of them.</p>""");
            }
        });
    }
}

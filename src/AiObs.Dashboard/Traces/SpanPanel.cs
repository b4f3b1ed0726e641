using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>A span beside its tree: what it cost and why, what was said, and all that is known of it.</summary>
internal static class SpanPanel
{
    public static async Task<PageBody> ReadAsync(PageRequest page) =>
        await ReadAsync(page, page.Route("id"), page.Route("spanId")).ConfigureAwait(false);

    public static async Task<PageBody> ReadAsync(PageRequest page, string traceId, string spanId)
    {
        var detail = page.ShowsContent ? SpanDetail.Content : SpanDetail.Attributes;
        var found = await Panel.ReadAsync(page, async stop =>
            (await page.Sources.Traces.ListSpansAsync(new() { TraceId = traceId, SpanId = spanId, Detail = detail, PageSize = 1 }, stop).ConfigureAwait(false)).Spans.FirstOrDefault())
            .ConfigureAwait(false);
        if (found is { Value: null, Fault: null })
        {
            return TracePages.NotFound("This span");
        }

        var costs = await Panel.ReadAsync(page, stop => TraceReader.ReadCostsAsync(page, traceId, stop)).ConfigureAwait(false);
        return new("Span", html => Parts.Of(found, span => Write(html, page, span!, costs))(html));
    }

    private static void Write(HtmlWriter html, PageRequest page, SpanRecord span, Panel<IReadOnlyDictionary<string, SpanCost>> costs)
    {
        html.Write($"""
            <h2><bdi>{span.Name}</bdi></h2>
            <p class="hint">{Shown.Kind(span.Kind)}{(span.Provider is { } provider ? " · " + provider : "")} · {Shown.Duration(span.Duration)}</p>
            """);
        Parts.Of(costs, all =>
        {
            if (all.GetValueOrDefault(span.SpanId) is { } cost)
            {
                ReceiptTable.Write(html, cost);
            }
        })(html);
        SpanContentView.Write(html, page, span);
        html.Write($"<h3>Attributes</h3>");
        JsonView.Write(html, span.Attributes);
        if (span.Events is { } events)
        {
            html.Write($"<h3>Events</h3>");
            JsonView.Write(html, events);
        }
    }
}

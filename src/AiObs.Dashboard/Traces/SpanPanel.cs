using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>A span beside its tree: what it cost and why, what was said, and all that is known of it.</summary>
internal static class SpanPanel
{
    public static Task<PageBody> ReadAsync(PageRequest page) => ReadAsync(page, page.Route("id"), page.Route("spanId"));

    public static async Task<PageBody> ReadAsync(PageRequest page, string traceId, string spanId)
    {
        var found = await Panel.ReadAsync(page, stop => FindAsync(page, traceId, spanId, stop)).ConfigureAwait(false);
        if (found is { Value: null, Fault: null })
        {
            return TracePages.NotFound("This span");
        }

        var costs = await Panel.ReadAsync(page, stop => TraceReader.ReadCostsAsync(page, traceId, stop)).ConfigureAwait(false);
        return new("Span", Parts.Of(found, (html, span) => Write(html, page, span!, costs)));
    }

    /// <summary>Writes a span, below a heading of its own.</summary>
    public static void Write(HtmlWriter html, PageRequest page, SpanRecord span, Panel<IReadOnlyDictionary<string, SpanCost>> costs)
    {
        html.Write($"""
            <h2><bdi>{span.Name}</bdi></h2>
            <p class="hint">{Shown.Kind(span.Kind)}{Beside(span.Provider)}{Beside(Shown.Duration(span.Duration))}{Beside(span.SpanId)}</p>
            """);
        if (span.IsError)
        {
            html.Write($"""<p class="bad"><bdi>{span.ErrorType ?? "error"}</bdi></p>""");
        }

        Parts.Of(costs, (_, all) =>
        {
            if (all.GetValueOrDefault(span.SpanId) is { } cost)
            {
                ReceiptTable.Write(html, cost);
            }
        })(html);
        SpanContentView.Write(html, page, span);
        html.Write($"<h3>Attributes</h3>");
        AttributeTable.Write(html, span.Attributes);
        if (span.Events is { } events)
        {
            html.Write($"<h3>Events</h3>");
            JsonView.Write(html, events);
        }
    }

    private static async ValueTask<SpanRecord?> FindAsync(PageRequest page, string traceId, string spanId, CancellationToken stop)
    {
        // Also where texts are not to be seen, as their lengths are.
        var spans = await page.Sources.Traces.ListSpansAsync(new() { TraceId = traceId, SpanId = spanId, Detail = SpanDetail.Content, PageSize = 1 }, stop).ConfigureAwait(false);
        return spans.Spans is [var span]
            ? span
            : page.Sources.Observability.RunningSpans?.List().FirstOrDefault(running => running.TraceId == traceId && running.SpanId == spanId);
    }

    private static Action<HtmlWriter> Beside(string? text) => html =>
    {
        if (!string.IsNullOrEmpty(text))
        {
            html.Write($" · <bdi>{text}</bdi>");
        }
    };
}

using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>The tree and waterfall of a trace, and the span that was chosen beside it.</summary>
internal static class TreeTab
{
    public static async Task<Action<HtmlWriter>> ReadAsync(PageRequest page, TraceSummary trace, TraceReader reader, Panel<IReadOnlyDictionary<string, SpanCost>> costs)
    {
        var view = TraceView.Read(page);
        var tree = await Panel.ReadAsync(page, stop => reader.ReadTreeAsync(page, trace, stop)).ConfigureAwait(false);
        var hits = await FoundSpans.ReadAsync(page, trace.TraceId, view.Find).ConfigureAwait(false);
        var span = view.Span is { } chosen ? await SpanPanel.ReadAsync(page, trace.TraceId, chosen).ConfigureAwait(false) : null;
        return html =>
        {
            html.Write($"""<div class="split"><div class="pane">""");
            Parts.Of(tree, spans => SpanTree.Write(html, page, trace, spans, costs.Value, view, hits))(html);
            Parts.Of(costs, static _ => { })(html);
            html.Write($"""</div><aside class="side" id="span" aria-label="Span" tabindex="-1">""");
            if (span is not null)
            {
                span.Write(html);
            }
            else
            {
                html.Write($"""<p class="hint">Choose a span to see what was said in it and what it cost.</p>""");
            }

            html.Write($"</aside></div>");
        };
    }

    /// <summary>Reads the tree alone, for the script.</summary>
    public static async Task<PageBody> ReadRowsAsync(PageRequest page, TraceReader reader)
    {
        var found = await Panel.ReadAsync(page, stop => page.Sources.Traces.FindAsync(page.Route("id"), stop)).ConfigureAwait(false);
        if (found is { Value: null, Fault: null })
        {
            return TracePages.NotFound("This trace");
        }

        var view = TraceView.Read(page);
        var costs = await Panel.ReadAsync(page, stop => TraceReader.ReadCostsAsync(page, page.Route("id"), stop)).ConfigureAwait(false);
        var hits = await FoundSpans.ReadAsync(page, page.Route("id"), view.Find).ConfigureAwait(false);
        var tree = found.Value is { } trace
            ? await Panel.ReadAsync(page, stop => reader.ReadTreeAsync(page, trace, stop)).ConfigureAwait(false)
            : new(null, found.Fault);
        return new("Spans", html => Parts.Of(tree, spans => SpanTree.Write(html, page, found.Value!, spans, costs.Value, view, hits))(html));
    }
}

using AiObs.Cost;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>A trace: its tree and waterfall, and the span that was chosen beside it.</summary>
internal static class TraceDetailPage
{
    public static async Task<PageBody> ReadAsync(PageRequest page, TraceReader reader)
    {
        var found = await Panel.ReadAsync(page, stop => page.Sources.Traces.FindAsync(page.Route("id"), stop)).ConfigureAwait(false);
        if (found.Fault is { } fault)
        {
            return new("Trace", Parts.Fault(fault));
        }

        if (found.Value is not { } trace)
        {
            return TracePages.NotFound("This trace");
        }

        var view = TraceView.Read(page);
        var tree = await Panel.ReadAsync(page, stop => reader.ReadTreeAsync(page, trace, stop)).ConfigureAwait(false);
        var costs = await Panel.ReadAsync(page, stop => TraceReader.ReadCostsAsync(page, trace.TraceId, stop)).ConfigureAwait(false);
        var span = view.Span is { } chosen ? await SpanPanel.ReadAsync(page, trace.TraceId, chosen).ConfigureAwait(false) : null;
        return new(trace.Name, html =>
        {
            WriteFacts(html, page, trace, costs);
            html.Write($"""<div class="split"><div class="pane">""");
            Parts.Of(tree, spans => SpanTree.Write(html, page, trace, spans, costs.Value, view))(html);
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
        });
    }

    /// <summary>Reads a part of the tree, for the script.</summary>
    public static async Task<PageBody> ReadRowsAsync(PageRequest page, TraceReader reader)
    {
        var found = await page.Sources.Traces.FindAsync(page.Route("id"), page.Stop).ConfigureAwait(false);
        if (found is not { } trace)
        {
            return TracePages.NotFound("This trace");
        }

        var tree = await reader.ReadTreeAsync(page, trace, page.Stop).ConfigureAwait(false);
        var costs = await Panel.ReadAsync(page, stop => TraceReader.ReadCostsAsync(page, trace.TraceId, stop)).ConfigureAwait(false);
        return new(trace.Name, html => SpanTree.Write(html, page, trace, tree, costs.Value, TraceView.Read(page)));
    }

    private static void WriteFacts(HtmlWriter html, PageRequest page, TraceSummary trace, Panel<IReadOnlyDictionary<string, SpanCost>> costs)
    {
        var sum = costs.Value?.Values.Aggregate(CostSum.Zero, static (sum, cost) => sum.Add(cost.Sum));
        html.Write($"""
            <dl class="facts">
            <div class="fact"><dt>Started</dt><dd>{Parts.Time(trace.Time)}</dd></div>
            {Parts.Fact("Duration", Shown.Duration(trace.Duration))}
            {Parts.Fact("Spans", Shown.Number(trace.SpanCount))}
            {Parts.Fact("Model calls", Shown.Number(trace.CallCount))}
            {Parts.Fact("Tokens in / out", Shown.Tokens(trace.InputTokens, trace.OutputTokens))}
            """);
        if (page.Sources.Costs is not null)
        {
            html.Write($"""{Parts.Fact("Cost (sum of leaf calls)", sum is { RecordCount: > 0 } ? Shown.Money(sum) : "none")}""");
        }

        html.Write($"""{Parts.Fact("Errors", Shown.Number(trace.ErrorCount), isBad: trace.ErrorCount > 0)}</dl>""");
    }
}

using System.Security.Cryptography;
using System.Text;
using AiObs.Dashboard.Assets;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Traces;
using AiObs.Store;
using Microsoft.AspNetCore.Http;

namespace AiObs.Dashboard.Export;

/// <summary>A trace as one file that is read with no network: its tree, and each span with what it cost and what was said. Nothing in it runs.</summary>
internal static class HtmlExport
{
    /// <summary>How many spans are in a file with all that is known of them.</summary>
    private const int MostSpans = 500;

    public static async Task WriteAsync(PageRequest page, TraceReader reader)
    {
        var traceId = page.Route("id");
        if (await page.Sources.Traces.FindAsync(traceId, page.Stop).ConfigureAwait(false) is not { } trace)
        {
            page.Http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var tree = await reader.ReadTreeAsync(page, trace, page.Stop).ConfigureAwait(false);
        var costs = await Panel.ReadAsync(page, stop => TraceReader.ReadCostsAsync(page, traceId, stop)).ConfigureAwait(false);
        var spans = await ChosenAsync(page, tree).ConfigureAwait(false);
        var html = new HtmlWriter();
        Write(html, page, trace, tree, costs, spans);
        ExportPages.Announce(page.Http.Response, "text/html; charset=utf-8", $"trace-{traceId}.html");
        await page.Http.Response.WriteAsync(html.ToString(), Encoding.UTF8, page.Stop).ConfigureAwait(false);
    }

    /// <summary>Reads the spans that the file tells all of: all of them, or those that failed and the slowest of the rest.</summary>
    private static async Task<IReadOnlyList<SpanRecord>> ChosenAsync(PageRequest page, TraceTree tree)
    {
        var chosen = tree.Rows
            .Select(static row => row.Span)
            .OrderByDescending(static span => span.IsError)
            .ThenByDescending(static span => span.Duration)
            .Take(MostSpans)
            .Select(static span => span.SpanId)
            .ToHashSet(StringComparer.Ordinal);
        var spans = new List<SpanRecord>();
        foreach (var row in tree.Rows.Where(row => chosen.Contains(row.Span.SpanId)))
        {
            var found = await page.Sources.Traces.ListSpansAsync(
                new() { TraceId = row.Span.TraceId, SpanId = row.Span.SpanId, Detail = SpanDetail.Content, PageSize = 1 }, page.Stop).ConfigureAwait(false);
            spans.AddRange(found.Spans);
        }

        return spans;
    }

    private static void Write(
        HtmlWriter html,
        PageRequest page,
        TraceSummary trace,
        TraceTree tree,
        Panel<IReadOnlyDictionary<string, SpanCost>> costs,
        IReadOnlyList<SpanRecord> spans)
    {
        var policy = $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(AssetFiles.Style.Bytes.Span))}'; base-uri 'none'; form-action 'none'";
        html.Write($"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{trace.Name}</title>{new HtmlStyle(AssetFiles.Style)}</head><body><main><h1><bdi>{trace.Name}</bdi></h1>
            """);
        TraceFacts.Write(html, page, trace, costs);
        TraceOutline.Write(html, tree, costs.Value);
        if (spans.Count < tree.Rows.Count)
        {
            html.Write($"""<p class="hint">Below are the {spans.Count} spans that failed or took longest, of {tree.Rows.Count}.</p>""");
        }

        foreach (var span in spans)
        {
            html.Write($"""<details id="s{span.SpanId}"><summary>{Parts.Kind(span.Kind)} <bdi>{span.Name}</bdi></summary>""");
            SpanPanel.Write(html, page, span, costs);
            html.Write($"</details>");
        }

        html.Write($"</main></body></html>");
    }
}

using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Latency;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Store;

namespace AiObs.Dashboard.Tools;

/// <summary>Which tools were called, how often that failed, and how long it took.</summary>
internal static class ToolPage
{
    private const int MostTools = 1_000;

    public static async Task<PageBody> ReadAsync(PageRequest page)
    {
        var calls = await Panel.ReadAsync(page, stop => LatencyReader.ReadAsync(page, LatencyBy.Tool, stop)).ConfigureAwait(false);
        var traces = await Panel.ReadAsync(page, stop => page.Sources.Traces.CountFacetAsync(page.Filter.ToTraceQuery(page.Now), TraceFacet.Tool, MostTools, stop)).ConfigureAwait(false);
        return new("Tools", html =>
        {
            html.Write($"""<p class="hint">Calls and durations: {LatencyReader.SourceOf(page)}</p>""");
            FilterRemark.Write(html, page, LatencyReader.FilterNamesKept, "Calls and durations");
            FilterRemark.Write(html, page, PageFilter.TraceNames, "Traces");
            Parts.Of(calls, groups => ToolTable.Write(html, page, groups, traces.Value ?? []))(html);
            Parts.Of(traces, static _ => { })(html);
        })
        {
            HasFilter = true,
        };
    }
}

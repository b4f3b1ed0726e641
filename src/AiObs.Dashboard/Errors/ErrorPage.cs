using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Latency;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Store;

namespace AiObs.Dashboard.Errors;

/// <summary>What failed: by the type of the error, by model and by tool.</summary>
internal static class ErrorPage
{
    private const int MostTypes = 100;

    public static async Task<PageBody> ReadAsync(PageRequest page)
    {
        var types = await Panel.ReadAsync(page, stop => page.Sources.Traces.CountFacetAsync(page.Filter.ToTraceQuery(page.Now), TraceFacet.ErrorType, MostTypes, stop))
            .ConfigureAwait(false);
        var models = await Panel.ReadAsync(page, stop => LatencyReader.ReadAsync(page, LatencyBy.Model, stop)).ConfigureAwait(false);
        var tools = await Panel.ReadAsync(page, stop => LatencyReader.ReadAsync(page, LatencyBy.Tool, stop)).ConfigureAwait(false);
        return new("Errors", html =>
        {
            FilterRemark.Write(html, page, PageFilter.TraceNames, "Error types");
            Parts.Of(types, rows => ErrorTypeTable.Write(html, page, rows, MostTypes))(html);
            html.Write($"""<h2>By model and tool</h2><p class="hint">{LatencyReader.SourceOf(page)}</p>""");
            FilterRemark.Write(html, page, LatencyReader.FilterNamesKept, "These");
            html.Write($"""<div class="halves"><section>""");
            Parts.Of(models, rows => FailureTable.Write(html, page, LatencyBy.Model, rows))(html);
            html.Write($"</section><section>");
            Parts.Of(tools, rows => FailureTable.Write(html, page, LatencyBy.Tool, rows))(html);
            html.Write($"""</section></div><p><a href="{page.Links.Page("traces", page.Filter.With(FilterNames.Status, nameof(TraceStatus.Error)))}">Traces that failed</a></p>""");
        })
        {
            HasFilter = true,
        };
    }
}

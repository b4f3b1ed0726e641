using AiObs.Cost;
using AiObs.Dashboard.Costs;
using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Latency;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Store;

namespace AiObs.Dashboard.Overview;

/// <summary>What a time was like, at a glance: each part leads to the page that says more.</summary>
internal static class OverviewPage
{
    private const int MostTypes = 1_000;

    public static async Task<PageBody> ReadAsync(PageRequest page)
    {
        var query = page.Filter.ToTraceQuery(page.Now) with { Order = TraceOrder.Slowest, PageSize = SlowestTraces.Count };
        var calls = await Panel.ReadAsync(page, stop => LatencyReader.ReadAsync(page, LatencyBy.Model, stop)).ConfigureAwait(false);
        var series = await Panel.ReadAsync(page, stop => ReadCostsAsync(page, stop)).ConfigureAwait(false);
        var errors = await Panel.ReadAsync(page, stop => page.Sources.Traces.CountFacetAsync(query, TraceFacet.ErrorType, MostTypes, stop)).ConfigureAwait(false);
        var slowest = await Panel.ReadAsync(page, stop => page.Sources.Traces.ListAsync(query, stop)).ConfigureAwait(false);
        var budgets = await Panel.ReadAsync(page, _ => ValueTask.FromResult(BudgetGlance.Read(page))).ConfigureAwait(false);
        var findings = await Panel.ReadAsync(page, async stop => await page.Sources.Doctor.RunAsync(stop).ConfigureAwait(false)).ConfigureAwait(false);
        return new("Overview", html =>
        {
            FilterRemark.Write(html, page, PageFilter.TraceNames, "Errors and slowest traces");
            FilterRemark.Write(html, page, CostFilter.Names, "Costs");
            FilterRemark.Write(html, page, LatencyReader.FilterNamesKept, "Durations of calls");
            Parts.Of(calls, groups => OverviewFacts.WriteCalls(html, page, groups))(html);
            html.Write($"""<h2><a href="{page.Links.Page("costs", page.Filter)}">Cost over time</a></h2>""");
            Parts.Of(series, parts => WriteCosts(html, page, parts))(html);
            html.Write($"""<div class="halves"><section><h2><a href="{page.Links.Page("errors", page.Filter)}">Latest errors</a></h2>""");
            Parts.Of(errors, types => LatestErrors.Write(html, page, types))(html);
            html.Write($"""</section><section><h2><a href="{page.Links.Page("traces", page.Filter.With(TraceOrder.Slowest))}">Slowest</a></h2>""");
            Parts.Of(slowest, list => SlowestTraces.Write(html, page, list))(html);
            html.Write($"""</section><section><h2><a href="{page.Links.Page("budgets", page.Filter)}">Budgets</a></h2>""");
            Parts.Of(budgets, accounts => BudgetGlance.Write(html, accounts))(html);
            html.Write($"</section><section><h2>Setup</h2>");
            Parts.Of(findings, found => DoctorGlance.Write(html, page, found))(html);
            html.Write($"</section></div>");
        })
        {
            HasFilter = true,
        };
    }

    private static ValueTask<IReadOnlyList<CostInterval>> ReadCostsAsync(PageRequest page, CancellationToken stop) =>
        page.Sources.Costs is { } tracking ? CostChart.ReadAsync(page, tracking, CostBy.All[0], stop) : new([]);

    private static void WriteCosts(HtmlWriter html, PageRequest page, IReadOnlyList<CostInterval> series)
    {
        if (page.Sources.Costs is null)
        {
            CostsPage.Untracked()(html);
        }
        else if (series.All(static part => part.Sum.RecordCount == 0))
        {
            Parts.Empty("No call was priced in this time.")(html);
        }
        else
        {
            OverviewFacts.WriteCosts(html, page, series);
            CostChart.Write(html, page, CostBy.All[0], series);
        }
    }
}

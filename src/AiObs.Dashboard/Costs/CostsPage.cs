using AiObs.Cost;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;

namespace AiObs.Dashboard.Costs;

/// <summary>What calls cost: over time, and by whom or what.</summary>
internal static class CostsPage
{
    public const string Code = "services.AddAgentObservability().AddCostTracking()";

    public static async Task<PageBody> ReadAsync(PageRequest page)
    {
        if (page.Sources.Costs is not { } tracking)
        {
            return new("Costs", Untracked());
        }

        var by = Choice.Of(page, CostBy.All, static by => by.Name);
        var query = CostFilter.Of(page.Filter, page.Now);
        var total = await Panel.ReadAsync(page, stop => tracking.Store.SumAsync(query, stop)).ConfigureAwait(false);
        var series = await Panel.ReadAsync(page, stop => CostChart.ReadAsync(page, tracking, by, stop)).ConfigureAwait(false);
        var groups = await Panel.ReadAsync(page, stop => tracking.Store.SumByAsync(query, by.Grouping, stop)).ConfigureAwait(false);
        return new("Costs", html =>
        {
            FilterRemark.Write(html, page, CostFilter.Names, "Costs");
            Parts.Of(total, sum => WriteFacts(html, tracking, sum))(html);
            Choice.Write(html, page, "costs", CostBy.All.Select(static by => by.Name), by.Name);
            Parts.Of(series, parts => CostChart.Write(html, page, by, parts))(html);
            Parts.Of(groups, rows => CostTable.Write(html, page, by, rows, total.Value))(html);
        })
        {
            HasFilter = true,
        };
    }

    /// <summary>What stands in the place of costs that nobody tracks.</summary>
    public static Action<HtmlWriter> Untracked() => Parts.Empty("Costs are not tracked. With this line each model call is priced once, and has a receipt:", Code);

    private static void WriteFacts(HtmlWriter html, CostTracking tracking, CostSum sum)
    {
        html.Write($"""
            <dl class="facts">
            {Parts.Fact("Cost (sum of leaf calls)", sum.RecordCount == 0 ? "none" : Shown.Money(sum))}
            {Parts.Fact("Calls", Shown.Number(sum.CallCount))}
            {Parts.Fact("Tokens in / out", Shown.Tokens(sum.InputTokens, sum.OutputTokens))}
            {Parts.Fact("Unpriced", Shown.Number(sum.UnpricedCount), isBad: sum.UnpricedCount > 0)}
            {Parts.Fact("Estimated", Shown.Number(sum.EstimatedCount))}
            {Parts.Fact("Partial", Shown.Number(sum.PartialCount))}
            {Parts.Fact("Corrections", Shown.Number(sum.RecordCount - sum.CallCount))}
            </dl>
            """);
        if (tracking.Store is InMemoryCostStore { DroppedCount: > 0 } memory)
        {
            html.Write($"""<p class="hint">The memory store dropped {Shown.Number(memory.DroppedCount)} older records (AddCostTracking(o => o.StoreCapacity = …)); they are in no sum here.</p>""");
        }
    }
}

using AiObs.Dashboard.Endpoints;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;

namespace AiObs.Dashboard.Health;

/// <summary>The page of health: what the doctor found, how what writes behind does, and which models have no price.</summary>
internal static class HealthPages
{
    public static void Map(DashboardEndpoints map) => map.Page("/health", ReadAsync);

    private static async Task<PageBody> ReadAsync(PageRequest page)
    {
        var findings = await Panel.ReadAsync(page, async stop => await page.Sources.Doctor.RunAsync(stop).ConfigureAwait(false)).ConfigureAwait(false);
        var writers = await Panel.ReadAsync(page, stop => WriterTable.ReadAsync(page.Sources, stop)).ConfigureAwait(false);
        var models = await Panel.ReadAsync(page, _ => new ValueTask<IReadOnlyList<Cost.UnpricedModel>>(page.Sources.Costs?.UnpricedModels ?? [])).ConfigureAwait(false);
        return new("Health", html =>
        {
            html.Write($"<h2>Findings</h2>");
            Parts.Of(findings, FindingList.Write)(html);
            html.Write($"<h2>Spans and exporters</h2>");
            Parts.Of(findings, ExporterLines.Write)(html);
            html.Write($"<h2>What is written behind</h2>");
            Parts.Of(writers, WriterTable.Write)(html);
            html.Write($"<h2>Models without a price</h2>");
            Parts.Of(models, (html, found) => UnpricedTable.Write(html, page, found))(html);
        });
    }
}

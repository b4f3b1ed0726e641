using AiObs.Cost;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;

namespace AiObs.Dashboard.Health;

/// <summary>The models whose calls have no price, why, and the known names that come closest.</summary>
internal static class UnpricedTable
{
    public static void Write(HtmlWriter html, PageRequest page, IReadOnlyList<UnpricedModel> models)
    {
        if (page.Sources.Costs is null)
        {
            Parts.Empty("Nothing is priced.", "services.AddAgentObservability().AddCostTracking();")(html);
            return;
        }

        if (models.Count == 0)
        {
            html.Write($"""<p class="well">Each model that was called has a price.</p>""");
            return;
        }

        html.Write($"""
            <div class="scroll"><table class="list"><thead><tr><th scope="col">Provider</th><th scope="col">Model</th><th scope="col">Why</th><th scope="col">Closest names</th></tr></thead><tbody>
            """);
        foreach (var model in models)
        {
            html.Write($"""
                <tr><td><bdi>{model.Provider ?? "unknown"}</bdi></td><td><bdi>{model.Model}</bdi></td><td><bdi>{model.Reason}</bdi></td><td><bdi>{string.Join(", ", model.Similar)}</bdi></td></tr>
                """);
        }

        html.Write($"</tbody></table></div>");
    }
}

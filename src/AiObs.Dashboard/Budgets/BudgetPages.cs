using AiObs.Cost.Budgets;
using AiObs.Dashboard.Endpoints;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;

namespace AiObs.Dashboard.Budgets;

/// <summary>The page of budgets: what is spent, set aside and left of each, and how long it lasts.</summary>
internal static class BudgetPages
{
    /// <summary>How many accounts are shown: those of which the most is used.</summary>
    private const int MaxShown = 200;

    /// <summary>How many are looked at for that.</summary>
    private const int MaxRead = 10_000;

    public static void Map(DashboardEndpoints map) => map.Page("/budgets", ReadAsync);

    private static async Task<PageBody> ReadAsync(PageRequest page)
    {
        if (page.Sources.Costs is not { } costs)
        {
            return new("Budgets", Parts.Empty("Nothing is priced, so that no budget can hold.", "services.AddAgentObservability().AddCostTracking();"));
        }

        var budgets = await Panel.ReadAsync(page, _ => new ValueTask<IReadOnlyList<BudgetStatus>>(costs.Budgets.List(maxCount: MaxRead))).ConfigureAwait(false);
        return new("Budgets", Parts.Of(budgets, (html, found) => Write(html, page, found)));
    }

    private static void Write(HtmlWriter html, PageRequest page, IReadOnlyList<BudgetStatus> budgets)
    {
        if (budgets.Count == 0)
        {
            Parts.Empty(
                "No budget is used yet: there is none, or only such that count for each user, conversation, session, tag or call, and no call has counted to one. A budget is this line:",
                "services.AddAgentObservability().AddCostTracking(o => o.Budgets.Add(new Budget { Name = \"day\", Limit = 20, Window = BudgetWindow.CalendarDay }));")(html);
            return;
        }

        html.Write($"""
            <p class="hint">What this process has spent and set aside, now.</p>
            <div class="scroll"><table class="list"><thead><tr><th scope="col">Budget</th><th scope="col">Of</th><th scope="col">Window</th><th scope="col">Used</th>
            <th scope="col" class="n">Spent</th><th scope="col" class="n">Reserved</th><th scope="col" class="n">Kept free</th><th scope="col" class="n">Limit</th>
            <th scope="col">Free again</th><th scope="col" class="n">Burn rate</th><th scope="col">Lasts until</th></tr></thead><tbody>
            """);
        foreach (var budget in budgets.OrderByDescending(static budget => BudgetBar.ShareOf(budget, budget.Spent + budget.Reserved)).Take(MaxShown))
        {
            BudgetRow.Write(html, page.Now, budget);
        }

        html.Write($"</tbody></table></div>");
        if (budgets.Count > MaxShown)
        {
            html.Write($"""<p class="hint">The {Shown.Number(MaxShown)} of which the most is used, of {Shown.Number(budgets.Count)}.</p>""");
        }
    }
}

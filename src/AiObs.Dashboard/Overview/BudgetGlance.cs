using AiObs.Cost.Budgets;
using AiObs.Dashboard.Budgets;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;

namespace AiObs.Dashboard.Overview;

/// <summary>The budgets of which the largest part is taken.</summary>
internal static class BudgetGlance
{
    private const int Count = 5;
    private const int MostAccounts = 10_000;

    public static IReadOnlyList<BudgetStatus> Read(PageRequest page) => page.Sources.Costs is not { } tracking ? [] :
    [
        .. tracking.Budgets.List(maxCount: MostAccounts)
            .OrderByDescending(static status => BudgetBar.ShareOf(status, status.Spent + status.Reserved))
            .ThenBy(static status => status.Budget, StringComparer.Ordinal)
            .Take(Count),
    ];

    public static void Write(HtmlWriter html, IReadOnlyList<BudgetStatus> accounts)
    {
        if (accounts.Count == 0)
        {
            Parts.Empty(
                "No budget has an account yet. Those for each user, and the like, get theirs with the first call; this line adds one for all calls:",
                """AddCostTracking(o => o.Budgets.Add(new Budget { Name = "everybody", Limit = 500m, Window = BudgetWindow.CalendarMonth }))""")(html);
            return;
        }

        html.Write($"""<table class="list"><thead><tr><th scope="col">Budget</th><th scope="col">Used</th><th scope="col" class="n">Spent</th><th scope="col" class="n">Limit</th></tr></thead><tbody>""");
        foreach (var status in accounts)
        {
            html.Write($"""
                <tr><th scope="row"><bdi>{status.Budget}</bdi>{Key(status)}</th><td>{BudgetBar.Of(status)}</td>
                <td class="n">{Amount(status.Unit, status.Spent)}</td><td class="n">{Amount(status.Unit, status.Limit)}</td></tr>
                """);
        }

        html.Write($"</tbody></table>");
    }

    private static Action<HtmlWriter> Key(BudgetStatus status) => html =>
    {
        if (status.Key is { } key)
        {
            html.Write($" <bdi>{key}</bdi>");
        }
    };

    private static string Amount(BudgetUnit unit, decimal amount) => unit == BudgetUnit.Usd ? Shown.Money(amount) : Shown.Number((long)amount);
}

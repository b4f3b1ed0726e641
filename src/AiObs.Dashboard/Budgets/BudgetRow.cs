using System.Globalization;
using AiObs.Cost.Budgets;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Text;

namespace AiObs.Dashboard.Budgets;

/// <summary>How one account of a budget stands.</summary>
internal static class BudgetRow
{
    /// <summary>Further away than this, a day says nothing.</summary>
    private static readonly TimeSpan Foreseeable = TimeSpan.FromDays(366);

    public static void Write(HtmlWriter html, DateTimeOffset now, BudgetStatus budget) => html.Write($"""
        <tr><td><bdi>{budget.Budget}</bdi></td><td>{ScopeOf(budget)}{(budget.Key is { } key ? Key(key) : null)}</td><td>{WindowOf(budget.Window)}</td>
        <td class="wide">{BudgetBar.Of(budget)}</td>
        <td class="n">{Amount(budget, budget.Spent)}</td><td class="n">{Amount(budget, budget.Reserved)}</td><td class="n">{Amount(budget, budget.KeptFree)}</td>
        <td class="n">{Amount(budget, budget.Limit)}</td><td>{(budget.ResetsAt is { } reset ? Parts.Time(reset) : null)}</td>
        <td class="n">{(budget.BurnRate is { } rate ? "× " + rate.ToString("0.##", CultureInfo.InvariantCulture) : "")}</td><td>{LastsUntil(now, budget)}</td></tr>
        """);

    private static Action<HtmlWriter> Key(string key) => html => html.Write($" <bdi>{key}</bdi>");

    private static string ScopeOf(BudgetStatus budget) => budget.Scope == BudgetScope.Global ? "all calls" : budget.Scope.ToString().ToLowerInvariant();

    private static string WindowOf(BudgetWindow window) => window switch
    {
        BudgetWindow.CalendarDay => "day",
        BudgetWindow.CalendarMonth => "month",
        BudgetWindow.PerCall => "call",
        _ => window.ToString().ToLowerInvariant(),
    };

    private static string Amount(BudgetStatus budget, decimal amount) =>
        budget.Unit == BudgetUnit.Usd ? Shown.Money(amount) : amount.ToString("#,0", CultureInfo.InvariantCulture) + " tokens";

    private static Action<HtmlWriter> LastsUntil(DateTimeOffset now, BudgetStatus budget) => html =>
    {
        if (budget.Remaining == 0)
        {
            html.Write($"""<span class="bad">used up</span>""");
        }
        else if (budget.ExhaustedAt is not { } end)
        {
            html.Write($"nothing spent lately");
        }
        else if (budget.Window is BudgetWindow.CalendarDay or BudgetWindow.CalendarMonth && end >= budget.ResetsAt)
        {
            html.Write($"the end of its window");
        }
        else if (end - now > Foreseeable)
        {
            html.Write($"more than a year");
        }
        else
        {
            html.Write($"""<span class="bad">{Parts.Time(end)}</span>""");
        }
    };
}

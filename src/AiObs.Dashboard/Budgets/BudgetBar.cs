using System.Globalization;
using AiObs.Cost.Budgets;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Text;

namespace AiObs.Dashboard.Budgets;

/// <summary>A bar of what is spent, reserved and kept free of a limit.</summary>
internal static class BudgetBar
{
    private const double Width = 100;

    /// <summary>Returns which part of the limit an amount is; 1 is all of it, and it may be more.</summary>
    public static double ShareOf(BudgetStatus budget, decimal amount) => budget.Limit > 0 ? (double)(amount / budget.Limit) : 1;

    public static Action<HtmlWriter> Of(BudgetStatus budget) => html =>
    {
        var (spent, reserved, free) = (ShareOf(budget, budget.Spent), ShareOf(budget, budget.Reserved), ShareOf(budget, budget.KeptFree));
        html.Write($"""
            <svg class="bar part-bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{Shown.Share(spent)} spent, {Shown.Share(reserved)} reserved, {Shown.Share(free)} kept free">
            <rect class="whole" x="0" y="1" width="100" height="8"/>{Part(spent >= 1 ? "over" : "spent", 0, spent)}{Part("reserved", spent, reserved)}{Part("kept", spent + reserved, free)}</svg> {Shown.Share(spent)}
            """);
    };

    private static Action<HtmlWriter> Part(string name, double start, double share) => html =>
    {
        var from = Math.Clamp(start, 0, 1) * Width;
        var width = (Math.Clamp(start + share, 0, 1) * Width) - from;
        if (width > 0)
        {
            html.Write($"""<rect class="{name}" x="{Number(from)}" y="1" width="{Number(width)}" height="8"/>""");
        }
    };

    private static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}

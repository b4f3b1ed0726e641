using AiObs.Cost;

namespace SupportDesk.Chat;

/// <summary>How a visitor's budget stands, as the page shows it.</summary>
/// <param name="Spent">How many USD are spent today.</param>
/// <param name="Limit">How many USD may be spent on a day.</param>
internal sealed record BudgetView(decimal Spent, decimal Limit)
{
    public static BudgetView Of(CostTracking costs, string visitor, DeskOptions options) =>
        new(costs.Budgets.Find(DeskApplication.VisitorBudget, visitor)?.Spent ?? 0, options.VisitorBudget);
}

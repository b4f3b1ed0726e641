using AiObs.Cost;
using AiObs.Cost.Budgets;
using AiObs.Soak.Load;

namespace AiObs.Soak.Observed;

/// <summary>Sets the budgets: one that counts everything, and one that refuses a part of the small model's calls.</summary>
internal static class Budgets
{
    public const string Everything = "everything";
    public const string Frugal = "frugal";

    public static void Add(CostTrackingOptions options)
    {
        options.Budgets.Add(new Budget
        {
            Name = Everything,
            Limit = 1_000_000_000m,
            Window = BudgetWindow.Lifetime,
            Mode = BudgetMode.Shadow,
        });
        options.Budgets.Add(new Budget
        {
            Name = Frugal,
            Scope = BudgetScope.User,
            ModelPrefix = KnownPrices.Small,
            Limit = 0.02m,
            Window = BudgetWindow.Rolling,
            Period = TimeSpan.FromSeconds(3),
        });
    }
}

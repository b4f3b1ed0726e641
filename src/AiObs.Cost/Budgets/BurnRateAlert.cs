namespace AiObs.Cost.Budgets;

/// <summary>A budget is being used up faster than it should be.</summary>
/// <param name="Budget">The name of the budget.</param>
/// <param name="Scope">Whose spend it limits.</param>
/// <param name="Key">Which user, conversation, session or tag; <see langword="null"/> for a global budget.</param>
/// <param name="Unit">What the limit is in.</param>
/// <param name="Window">Over which time the rate was measured.</param>
/// <param name="Rate">The burn rate: how many times faster than evenly.</param>
/// <param name="Threshold">The rate from which on there is an alert.</param>
/// <param name="ProjectedExhaustion">How long what is left lasts at this rate.</param>
public sealed record BurnRateAlert(
    string Budget,
    BudgetScope Scope,
    string? Key,
    BudgetUnit Unit,
    BurnRateWindow Window,
    double Rate,
    double Threshold,
    TimeSpan ProjectedExhaustion);

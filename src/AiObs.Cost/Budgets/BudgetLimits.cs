namespace AiObs.Cost.Budgets;

/// <summary>What all accounts of a gate have in common.</summary>
/// <param name="KeyCapacity">How many accounts one rule may have.</param>
/// <param name="BurnRates">How burn rates are measured.</param>
/// <param name="Overflowed">Called with the rule when an account is shared for want of room.</param>
internal sealed record BudgetLimits(int KeyCapacity, BurnRateOptions BurnRates, Action<BudgetRule> Overflowed)
{
    public BudgetAccount CreateAccount(BudgetRule rule, string? key, string? shownKey) => new(rule, key, shownKey, new BurnRate(BurnRates));
}

namespace AiObs.Cost.Budgets;

/// <summary>What one reservation holds of one account.</summary>
internal struct Hold(BudgetAccount account, in Claim claim)
{
    public readonly BudgetAccount Account = account;
    public readonly bool IsOpenEnded = claim.IsOpenEnded;
    public decimal Reserved = claim.Amount;
    public decimal Headroom = claim.Headroom;

    /// <summary>Returns what a call took in the unit of the account; what was reserved where nobody knows.</summary>
    public readonly decimal Taken(decimal? cost, long? tokens) =>
        (Account.Rule.Unit == BudgetUnit.Usd ? cost : tokens) is { } known ? Claim.Sane(known) : Reserved;
}

namespace AiObs.Cost.Budgets;

/// <summary>What a limit is in.</summary>
public enum BudgetUnit
{
    /// <summary>US dollars.</summary>
    Usd,

    /// <summary>Tokens, input and output together.</summary>
    Tokens,
}

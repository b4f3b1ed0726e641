namespace AiObs.Cost.Budgets;

/// <summary>A call was refused because a budget would not hold.</summary>
public sealed class BudgetExceededException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="BudgetExceededException"/> class.</summary>
    /// <param name="message">What was refused and why.</param>
    public BudgetExceededException(string message)
        : base(message)
    {
    }
}

namespace AiObs.Cost.Budgets;

/// <summary>How a budget stands, for one of its accounts.</summary>
/// <param name="Budget">The name of the budget.</param>
/// <param name="Scope">Whose spend it limits.</param>
/// <param name="Key">Which user, conversation, session or tag; <see langword="null"/> for a global budget.</param>
/// <param name="Unit">What all amounts are in.</param>
/// <param name="Limit">What may be spent in the window.</param>
/// <param name="Spent">What was spent in the window.</param>
/// <param name="Reserved">What is set aside for calls that are running.</param>
/// <param name="KeptFree">What is kept free for what those calls may take beyond that.</param>
/// <param name="ResetsAt">When the window ends or, for a rolling one, when the oldest spend leaves it; <see langword="null"/> when that never happens.</param>
public sealed record BudgetStatus(
    string Budget,
    BudgetScope Scope,
    string? Key,
    BudgetUnit Unit,
    decimal Limit,
    decimal Spent,
    decimal Reserved,
    decimal KeptFree,
    DateTimeOffset? ResetsAt)
{
    /// <summary>Gets what is left to spend, 0 when there is nothing.</summary>
    public decimal Remaining => Math.Max(0, Limit - Spent - Reserved);

    /// <summary>Gets over which time the spend adds up.</summary>
    public BudgetWindow Window { get; init; }

    /// <summary>
    /// Gets how many times faster than evenly the budget was used up over the last <see cref="BurnRateOptions.SlowWindow"/>: at 1 it lasts exactly for its window.
    /// <see langword="null"/> for budgets without a length of time.
    /// </summary>
    public double? BurnRate { get; init; }

    /// <summary>
    /// Gets when what is left is gone, where spending goes on as over the last <see cref="BurnRateOptions.SlowWindow"/>; it may lie behind the end of the window.
    /// <see langword="null"/> where nothing was spent in that time.
    /// </summary>
    public DateTimeOffset? ExhaustedAt { get; init; }
}

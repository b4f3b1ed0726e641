using AiObs.Operations;

namespace AiObs.Cost.Budgets;

/// <summary>A call was refused because a budget has not enough left for it; the model was not asked.</summary>
public sealed class BudgetExceededException : CallRefusedException
{
    /// <summary>Initializes a new instance of the <see cref="BudgetExceededException"/> class.</summary>
    public BudgetExceededException()
        : this("A budget has not enough left for the call.")
    {
    }

    /// <summary>Initializes a new instance of the <see cref="BudgetExceededException"/> class.</summary>
    /// <param name="message">What was refused and why.</param>
    public BudgetExceededException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="BudgetExceededException"/> class.</summary>
    /// <param name="message">What was refused and why.</param>
    /// <param name="innerException">What led to it.</param>
    public BudgetExceededException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal BudgetExceededException(BudgetRefusal refusal)
        : base(refusal.Describe())
    {
        BudgetName = refusal.Rule.Name;
        Scope = refusal.Rule.Scope;
        ScopeKey = refusal.Key;
        Unit = refusal.Rule.Unit;
        Limit = refusal.Rule.Limit;
        Spent = refusal.Spent;
        Reserved = refusal.Reserved;
        KeptFree = refusal.KeptFree;
        Requested = refusal.Requested;
        ResetsAt = refusal.ResetsAt;
    }

    /// <summary>Gets the name of the budget; the first one that refused, where several would have.</summary>
    public string? BudgetName { get; init; }

    /// <summary>Gets whose spend the budget limits.</summary>
    public BudgetScope Scope { get; init; }

    /// <summary>Gets the user (or the hash in its place), conversation, session or tag; <see langword="null"/> for a global budget.</summary>
    public string? ScopeKey { get; init; }

    /// <summary>Gets what all amounts are in.</summary>
    public BudgetUnit Unit { get; init; }

    /// <summary>Gets what may be spent in the window.</summary>
    public decimal Limit { get; init; }

    /// <summary>Gets what was spent in the window.</summary>
    public decimal Spent { get; init; }

    /// <summary>Gets what was set aside for calls that were running.</summary>
    public decimal Reserved { get; init; }

    /// <summary>Gets what has to be kept free for what running calls may take beyond that; see <see cref="ReservationOptions.HighestOutputTokens"/>.</summary>
    public decimal KeptFree { get; init; }

    /// <summary>Gets what the refused call was expected to take.</summary>
    public decimal Requested { get; init; }

    /// <summary>Gets when the window ends or, for a rolling one, when enough has left it; <see langword="null"/> when that does not happen, as with a limit per call.</summary>
    public DateTimeOffset? ResetsAt { get; init; }
}

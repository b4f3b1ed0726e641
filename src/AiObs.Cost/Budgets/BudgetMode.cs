namespace AiObs.Cost.Budgets;

/// <summary>What happens to a call for which a budget has not enough left.</summary>
public enum BudgetMode
{
    /// <summary>It is refused with a <see cref="BudgetExceededException"/>, before the model is asked. The default.</summary>
    Block,

    /// <summary>It passes; it is counted, and one warning per window is logged and told to observers.</summary>
    Warn,

    /// <summary>It passes and is only counted: for trying out a limit.</summary>
    Shadow,
}

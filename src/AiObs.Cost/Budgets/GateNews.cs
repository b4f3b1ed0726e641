namespace AiObs.Cost.Budgets;

/// <summary>What came up under the lock of the gate and is told when it has been left: loggers, meters and callbacks may be slow.</summary>
internal sealed class GateNews
{
    /// <summary>Gets the refusals that did not stop a call and of which a warning is due.</summary>
    public List<BudgetRefusal> Warnings { get; } = [];

    /// <summary>Gets the rules that would have refused a call and of which nothing is said.</summary>
    public List<BudgetRule> Counted { get; } = [];

    /// <summary>Gets the rules that had no room for a key.</summary>
    public List<BudgetRule> Overflows { get; } = [];

    /// <summary>Gets or sets how many reservations expired.</summary>
    public int Lost { get; set; }

    /// <summary>Gets the parts of limits that were reached.</summary>
    public List<BudgetThreshold> Thresholds { get; } = [];

    /// <summary>Gets the burn rates that crossed a threshold, and whether a call did it of which nothing more is heard.</summary>
    public List<(BurnRateAlert Alert, bool IsLost)> Alerts { get; } = [];
}

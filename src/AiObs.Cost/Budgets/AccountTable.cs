using AiObs.Operations;

namespace AiObs.Cost.Budgets;

/// <summary>The accounts of one rule, found by what a call is made for. Used under the lock of the gate.</summary>
internal abstract class AccountTable(BudgetRule rule)
{
    public BudgetRule Rule => rule;

    /// <summary>Gets the accounts that there are.</summary>
    public abstract IEnumerable<BudgetAccount> All { get; }

    public static AccountTable Of(BudgetRule rule, BudgetLimits limits) => rule switch
    {
        { Window: BudgetWindow.PerCall } => new PerCallTable(rule),
        { Scope: BudgetScope.Global } or { Scope: BudgetScope.Tag, Tag: not null } => new SingleTable(rule, limits),
        _ => new KeyedTable(rule, limits),
    };

    /// <summary>Adds the accounts that a call counts to.</summary>
    public abstract void Collect(OperationContext context, long now, List<BudgetAccount> accounts);
}

using AiObs.Operations;

namespace AiObs.Cost.Budgets;

/// <summary>The one account of a rule that is global or for one tag.</summary>
internal sealed class SingleTable(BudgetRule rule, BudgetLimits limits) : AccountTable(rule)
{
    private readonly BudgetAccount _account = limits.CreateAccount(rule, rule.Tag, rule.Tag);

    public override IEnumerable<BudgetAccount> All => [_account];

    public override void Collect(OperationContext context, long now, List<BudgetAccount> accounts)
    {
        if (ScopeKeys.Has(Rule, context))
        {
            accounts.Add(_account);
        }
    }
}

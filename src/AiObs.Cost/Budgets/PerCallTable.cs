using AiObs.Operations;

namespace AiObs.Cost.Budgets;

/// <summary>An account for each call, which is forgotten with it.</summary>
internal sealed class PerCallTable(BudgetRule rule) : AccountTable(rule)
{
    public override IEnumerable<BudgetAccount> All => [];

    public override void Collect(OperationContext context, long now, List<BudgetAccount> accounts)
    {
        if (ScopeKeys.Has(Rule, context))
        {
            var key = ScopeKeys.Single(Rule.Scope, context) ?? Rule.Tag;
            accounts.Add(new BudgetAccount(Rule, key, key, burnRate: null));
        }
    }
}

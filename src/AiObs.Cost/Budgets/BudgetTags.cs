using AiObs.Conventions;

namespace AiObs.Cost.Budgets;

/// <summary>The values of budget attributes: names in lower case, and no key of a user or a conversation among those of metrics.</summary>
internal static class BudgetTags
{
    public static KeyValuePair<string, object?> Name(BudgetRule rule) => new(AiObsAttributes.BudgetName, rule.Name);

    public static KeyValuePair<string, object?> Scope(BudgetRule rule) => new(AiObsAttributes.BudgetScope, rule.Scope switch
    {
        BudgetScope.User => "user",
        BudgetScope.Conversation => "conversation",
        BudgetScope.Session => "session",
        BudgetScope.Tag => "tag",
        _ => "global",
    });

    public static KeyValuePair<string, object?> Mode(BudgetRule rule) => new(AiObsAttributes.BudgetMode, rule.Mode switch
    {
        BudgetMode.Warn => "warn",
        BudgetMode.Shadow => "shadow",
        _ => "block",
    });

    public static KeyValuePair<string, object?> Unit(BudgetRule rule) =>
        new(AiObsAttributes.BudgetUnit, rule.Unit == BudgetUnit.Tokens ? "tokens" : "usd");

    public static KeyValuePair<string, object?> BurnWindow(BurnRateWindow window) =>
        new(AiObsAttributes.BudgetBurnWindow, window == BurnRateWindow.Fast ? "fast" : "slow");

    /// <summary>Returns everything about a refusal, by key.</summary>
    public static Dictionary<string, object?> Of(BudgetRefusal refusal)
    {
        var tags = new Dictionary<string, object?>(
            [Name(refusal.Rule), Scope(refusal.Rule), Mode(refusal.Rule), Unit(refusal.Rule)], StringComparer.Ordinal)
        {
            [AiObsAttributes.BudgetLimit] = refusal.Rule.Limit,
            [AiObsAttributes.BudgetSpent] = refusal.Spent,
            [AiObsAttributes.BudgetReserved] = refusal.Reserved + refusal.KeptFree,
            [AiObsAttributes.BudgetRequested] = refusal.Requested,
        };
        if (refusal.Key is { } key)
        {
            tags.Add(AiObsAttributes.BudgetKey, key);
        }

        if (refusal.ResetsAt is { } resetsAt)
        {
            tags.Add(AiObsAttributes.BudgetResetsAt, resetsAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        }

        return tags;
    }
}

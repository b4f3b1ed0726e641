using AiObs.Conventions;

namespace AiObs.Cost.Budgets;

/// <summary>The values of budget attributes: names in lower case, and no key of a user or a conversation among those of metrics.</summary>
internal static class BudgetTags
{
    public static KeyValuePair<string, object?> Name(BudgetRule rule) => new(AiObsAttributes.BudgetName, rule.Name);

    public static KeyValuePair<string, object?> Scope(BudgetRule rule) => Scope(rule.Scope);

    public static KeyValuePair<string, object?> Scope(BudgetScope scope) => new(AiObsAttributes.BudgetScope, scope switch
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

    public static KeyValuePair<string, object?> Unit(BudgetRule rule) => Unit(rule.Unit);

    public static KeyValuePair<string, object?> Unit(BudgetUnit unit) =>
        new(AiObsAttributes.BudgetUnit, unit == BudgetUnit.Tokens ? "tokens" : "usd");

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
        AddKnown(tags, refusal.Key, refusal.ResetsAt);
        return tags;
    }

    /// <summary>Returns everything about a part of a limit that was reached, by key.</summary>
    public static Dictionary<string, object?> Of(BudgetThreshold threshold)
    {
        var tags = new Dictionary<string, object?>(
            [Name(threshold.Rule), Scope(threshold.Rule), Mode(threshold.Rule), Unit(threshold.Rule)], StringComparer.Ordinal)
        {
            [AiObsAttributes.BudgetThreshold] = threshold.Fraction,
            [AiObsAttributes.BudgetLimit] = threshold.Rule.Limit,
            [AiObsAttributes.BudgetSpent] = threshold.Spent,
        };
        AddKnown(tags, threshold.Key, threshold.ResetsAt);
        return tags;
    }

    /// <summary>Returns everything about a burn rate that is too high, by key.</summary>
    public static Dictionary<string, object?> Of(BurnRateAlert alert)
    {
        var tags = new Dictionary<string, object?>([Scope(alert.Scope), Unit(alert.Unit), BurnWindow(alert.Window)], StringComparer.Ordinal)
        {
            [AiObsAttributes.BudgetName] = alert.Budget,
            [AiObsAttributes.BudgetThreshold] = alert.Threshold,
            [AiObsAttributes.BudgetRate] = alert.Rate,
            [AiObsAttributes.BudgetExhaustedIn] = alert.ProjectedExhaustion.TotalSeconds,
        };
        AddKnown(tags, alert.Key, resetsAt: null);
        return tags;
    }

    private static void AddKnown(Dictionary<string, object?> tags, string? key, DateTimeOffset? resetsAt)
    {
        if (key is not null)
        {
            tags.Add(AiObsAttributes.BudgetKey, key);
        }

        if (resetsAt is { } time)
        {
            tags.Add(AiObsAttributes.BudgetResetsAt, time.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}

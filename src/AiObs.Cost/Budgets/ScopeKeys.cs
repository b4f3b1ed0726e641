using AiObs.Operations;

namespace AiObs.Cost.Budgets;

/// <summary>For which keys of a scope a call is made.</summary>
internal static class ScopeKeys
{
    /// <summary>Tells whether a call counts to a rule at all.</summary>
    public static bool Has(BudgetRule rule, OperationContext context) => rule switch
    {
        { Scope: BudgetScope.Global } => true,
        { Scope: BudgetScope.Tag, Tag: { } tag } => HasTag(context.UnmaskedTags ?? context.Tags, tag),
        { Scope: BudgetScope.Tag } => context.Tags is { Count: > 0 },
        _ => Single(rule.Scope, context) is not null,
    };

    /// <summary>Returns the key of a scope of which a call has one at the most.</summary>
    public static string? Single(BudgetScope scope, OperationContext context) => scope switch
    {
        BudgetScope.User => context.UserId,
        BudgetScope.Conversation => context.ConversationId,
        BudgetScope.Session => context.SessionId,
        _ => null,
    };

    private static bool HasTag(IReadOnlyList<string>? tags, string tag)
    {
        for (var i = 0; i < tags?.Count; i++)
        {
            if (string.Equals(tags[i], tag, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}

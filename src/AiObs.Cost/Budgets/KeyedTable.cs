using AiObs.Operations;

namespace AiObs.Cost.Budgets;

/// <summary>An account for each key, as many as there is room for; the keys beyond share one.</summary>
internal sealed class KeyedTable(BudgetRule rule, BudgetLimits limits) : AccountTable(rule)
{
    private const string SharedKey = "(other)";

    // Bounds the work of one call; the accounts that were looked at in vain go to the end of the queue.
    private const int MostTries = 8;

    private readonly Dictionary<string, LinkedListNode<BudgetAccount>> _accounts = new(StringComparer.Ordinal);

    // The one least recently used first.
    private readonly LinkedList<BudgetAccount> _byUse = [];
    private BudgetAccount? _shared;

    public override IEnumerable<BudgetAccount> All => _shared is null ? _byUse : _byUse.Append(_shared);

    public override void Collect(OperationContext context, long now, List<BudgetAccount> accounts)
    {
        if (ScopeKeys.Single(Rule.Scope, context) is { } key)
        {
            accounts.Add(Find(key, key, now, accounts));
            return;
        }

        if (Rule.Scope == BudgetScope.Tag && context.Tags is { } tags)
        {
            var keys = context.UnmaskedTags ?? tags;
            for (var i = 0; i < keys.Count; i++)
            {
                Add(Find(keys[i], tags[i], now, accounts), accounts);
            }
        }
    }

    /// <summary>Adds an account once: a tag may be given twice, and keys may share an account.</summary>
    private static void Add(BudgetAccount account, List<BudgetAccount> accounts)
    {
        if (!accounts.Contains(account))
        {
            accounts.Add(account);
        }
    }

    /// <summary>Finds the account of a key, or makes one.</summary>
    /// <param name="key">The key.</param>
    /// <param name="shownKey">What is shown in its place.</param>
    /// <param name="now">The time.</param>
    /// <param name="taken">The accounts that the same call counts to; they stay, though nothing is on them yet.</param>
    private BudgetAccount Find(string key, string shownKey, long now, List<BudgetAccount> taken)
    {
        if (_accounts.TryGetValue(key, out var place))
        {
            MoveToEnd(place);
            return place.Value;
        }

        // While the shared account holds anything it may be this key's, which must not get a second limit.
        if (_shared?.IsUnused(now) == false || (_accounts.Count >= limits.KeyCapacity && !MakeRoom(now, taken)))
        {
            limits.Overflowed(Rule);
            return _shared ??= limits.CreateAccount(Rule, SharedKey, SharedKey);
        }

        place = _byUse.AddLast(limits.CreateAccount(Rule, key, shownKey));
        _accounts.Add(key, place);
        return place.Value;
    }

    private bool MakeRoom(long now, List<BudgetAccount> taken)
    {
        for (var tries = 0; tries < MostTries && _byUse.First is { } oldest; tries++)
        {
            if (oldest.Value.IsUnused(now) && !taken.Contains(oldest.Value))
            {
                _byUse.Remove(oldest);
                _accounts.Remove(oldest.Value.Key!);
                return true;
            }

            MoveToEnd(oldest);
        }

        return false;
    }

    private void MoveToEnd(LinkedListNode<BudgetAccount> place)
    {
        _byUse.Remove(place);
        _byUse.AddLast(place);
    }
}

using AiObs.Operations;

namespace AiObs.Cost.Budgets;

/// <summary>An account for each key, as many as there is room for; the keys beyond share one.</summary>
internal sealed class KeyedTable(BudgetRule rule, BudgetLimits limits) : AccountTable(rule)
{
    private const string SharedKey = "(other)";

    // Bounds the work of one call; the accounts that were looked at in vain go to the end of the queue.
    private const int MostTries = 8;

    private readonly Dictionary<string, BudgetAccount> _accounts = new(StringComparer.Ordinal);
    private BudgetAccount? _shared;
    private BudgetAccount? _oldest;
    private BudgetAccount? _newest;

    public override IEnumerable<BudgetAccount> All => _shared is null ? _accounts.Values : _accounts.Values.Append(_shared);

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
        if (_accounts.TryGetValue(key, out var account))
        {
            Unlink(account);
            Link(account);
            return account;
        }

        // While the shared account holds anything it may be this key's, which must not get a second limit.
        if (_shared?.IsUnused(now) == false || (_accounts.Count >= limits.KeyCapacity && !MakeRoom(now, taken)))
        {
            limits.Overflowed(Rule);
            return _shared ??= limits.CreateAccount(Rule, SharedKey, SharedKey);
        }

        account = limits.CreateAccount(Rule, key, shownKey);
        _accounts.Add(key, account);
        Link(account);
        return account;
    }

    private bool MakeRoom(long now, List<BudgetAccount> taken)
    {
        for (var tries = 0; tries < MostTries && _oldest is { } oldest; tries++)
        {
            Unlink(oldest);
            if (oldest.IsUnused(now) && !taken.Contains(oldest))
            {
                _accounts.Remove(oldest.Key!);
                return true;
            }

            Link(oldest);
        }

        return false;
    }

    private void Link(BudgetAccount account)
    {
        account.Older = _newest;
        account.Newer = null;
        if (_newest is null)
        {
            _oldest = account;
        }
        else
        {
            _newest.Newer = account;
        }

        _newest = account;
    }

    private void Unlink(BudgetAccount account)
    {
        if (account.Older is null)
        {
            _oldest = account.Newer;
        }
        else
        {
            account.Older.Newer = account.Newer;
        }

        if (account.Newer is null)
        {
            _newest = account.Older;
        }
        else
        {
            account.Newer.Older = account.Older;
        }
    }
}

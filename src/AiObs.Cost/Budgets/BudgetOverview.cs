namespace AiObs.Cost.Budgets;

/// <summary>How the budgets stand, readable at any moment.</summary>
public sealed class BudgetOverview
{
    private const int DefaultCount = 1_000;

    private readonly BudgetGate _gate;

    internal BudgetOverview(BudgetGate gate) => _gate = gate;

    /// <summary>Lists how the accounts of the budgets stand, those of one budget by key.</summary>
    /// <param name="budget">The name of a budget; <see langword="null"/> for all.</param>
    /// <param name="maxCount">How many to return at most.</param>
    /// <returns>One entry for each account in each unit. Budgets per user and the like have entries for those that made calls; budgets per call have none.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxCount"/> is less than 1.</exception>
    public IReadOnlyList<BudgetStatus> List(string? budget = null, int maxCount = DefaultCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCount, 1);
        return _gate.Read((tables, now) => tables
            .Where(table => budget is null || table.Rule.Name == budget)
            .SelectMany(table => table.All.OrderBy(account => account.Key, StringComparer.Ordinal))
            .Take(maxCount)
            .Select(account => StatusOf(account, now))
            .ToArray());
    }

    /// <summary>Finds how one account of a budget stands.</summary>
    /// <param name="budget">The name of the budget.</param>
    /// <param name="key">The user, conversation, session or tag; <see langword="null"/> for a global budget.</param>
    /// <param name="unit">Which of its limits.</param>
    /// <returns>How it stands; <see langword="null"/> when there is no such budget, or no call of that key has counted to it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="budget"/> is <see langword="null"/>.</exception>
    public BudgetStatus? Find(string budget, string? key = null, BudgetUnit unit = BudgetUnit.Usd)
    {
        ArgumentNullException.ThrowIfNull(budget);
        return _gate.Read((tables, now) => tables
            .Where(table => table.Rule.Name == budget && table.Rule.Unit == unit)
            .SelectMany(table => table.All)
            .Where(account => account.Key == key)
            .Select(account => StatusOf(account, now))
            .FirstOrDefault());
    }

    private static BudgetStatus StatusOf(BudgetAccount account, long now) => new(
        account.Rule.Name,
        account.Rule.Scope,
        account.ShownKey,
        account.Rule.Unit,
        account.Rule.Limit,
        account.Spent(now),
        account.Reserved,
        account.KeptFree,
        account.WhenFreed(0, now))
    {
        Window = account.Rule.Window,
        BurnRate = account.BurnRate?.Over(BurnRateWindow.Slow).Of(account, now),
        ExhaustedAt = account.BurnRate?.Over(BurnRateWindow.Slow).SecondsLeft(account, now) is { } seconds
            ? new DateTimeOffset(now, TimeSpan.Zero).AddSeconds(Math.Round(seconds))
            : null,
    };
}

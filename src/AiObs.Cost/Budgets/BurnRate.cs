namespace AiObs.Cost.Budgets;

/// <summary>How fast one account is being used up, over both windows. Used under the lock of the gate.</summary>
internal sealed class BurnRate(BurnRateOptions options)
{
    private readonly WindowedRate _fast = new(BurnRateWindow.Fast, options.FastWindow, options.FastThreshold);
    private readonly WindowedRate _slow = new(BurnRateWindow.Slow, options.SlowWindow, options.SlowThreshold);

    public WindowedRate Over(BurnRateWindow window) => window == BurnRateWindow.Fast ? _fast : _slow;

    /// <summary>Adds what was charged to the account, which has it already, and the alerts that it is worth.</summary>
    public void Add(BudgetAccount account, decimal amount, long now, ref List<BurnRateAlert>? alerts)
    {
        Add(_fast, account, amount, now, ref alerts);
        Add(_slow, account, amount, now, ref alerts);
    }

    private static void Add(WindowedRate rate, BudgetAccount account, decimal amount, long now, ref List<BurnRateAlert>? alerts)
    {
        // What left the window since the last call may have taken the rate below the threshold, and this call may take it back.
        rate.Rearm(account, now);
        rate.Add(amount, now);
        if (rate.Cross(account, now) is { } alert)
        {
            (alerts ??= []).Add(alert);
        }
    }
}

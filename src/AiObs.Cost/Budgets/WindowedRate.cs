namespace AiObs.Cost.Budgets;

/// <summary>How fast one account is being used up, over one window.</summary>
internal sealed class WindowedRate(BurnRateWindow kind, TimeSpan length, double threshold)
{
    // Far enough below the threshold that a rate which swings around it is told of once.
    private const double RearmShare = 0.8;
    private const double MostSeconds = 1e11;

    private readonly RollingWindow _window = new(length);
    private bool _isTold;

    public void Add(decimal amount, long now) => _window.Add(amount, now);

    /// <summary>Returns how many times faster than evenly the account is used up; <see langword="null"/> where its limit has no length of time.</summary>
    public double? Of(BudgetAccount account, long now) => account.Rule.LengthAt(now) is { } lasting
        ? (double)_window.Spent(now) / (double)account.Rule.Limit * (lasting / length)
        : null;

    /// <summary>Returns in how many seconds what is left will be gone; <see langword="null"/> when nothing was spent lately.</summary>
    public double? SecondsLeft(BudgetAccount account, long now)
    {
        var spent = (double)_window.Spent(now);
        var left = (double)Math.Max(0, account.Rule.Limit - account.Spent(now) - account.Reserved);
        return spent == 0 ? null : Math.Min(left / spent * length.TotalSeconds, MostSeconds);
    }

    /// <summary>Lets the next crossing be told, where the rate has gone down far enough since the last.</summary>
    public void Rearm(BudgetAccount account, long now) =>
        _isTold = _isTold && Of(account, now) >= threshold * RearmShare;

    /// <summary>Returns an alert when the rate has crossed the threshold and that was not told yet.</summary>
    public BurnRateAlert? Cross(BudgetAccount account, long now)
    {
        if (_isTold || Of(account, now) is not { } rate || rate < threshold)
        {
            return null;
        }

        _isTold = true;
        var rule = account.Rule;
        var left = TimeSpan.FromSeconds(SecondsLeft(account, now) ?? 0);
        return new BurnRateAlert(rule.Name, rule.Scope, account.ShownKey, rule.Unit, kind, rate, threshold, left);
    }
}

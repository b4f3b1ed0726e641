namespace AiObs.Cost.Budgets;

/// <summary>Over which time a burn rate is measured.</summary>
public enum BurnRateWindow
{
    /// <summary><see cref="BurnRateOptions.FastWindow"/>.</summary>
    Fast,

    /// <summary><see cref="BurnRateOptions.SlowWindow"/>.</summary>
    Slow,
}

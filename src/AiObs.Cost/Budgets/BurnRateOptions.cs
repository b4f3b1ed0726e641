namespace AiObs.Cost.Budgets;

/// <summary>How it is watched that budgets are used up too fast.</summary>
/// <remarks>
/// A burn rate says how many times faster than evenly a budget is being spent: at 1 it lasts exactly for its window, at 24 a day's
/// budget is gone in an hour. Budgets without a length of time (per call, lifetime) have no burn rate, but a projected exhaustion.
/// </remarks>
public sealed class BurnRateOptions
{
    /// <summary>Gets or sets the short time over which spend is looked at, which tells of a sudden rise.</summary>
    /// <value>The default is 5 minutes. From a second to 31 days, and shorter than <see cref="SlowWindow"/>.</value>
    public TimeSpan FastWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets the long time over which spend is looked at, which tells of a lasting one.</summary>
    /// <value>The default is 1 hour. From a second to 31 days.</value>
    public TimeSpan SlowWindow { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets the burn rate over <see cref="FastWindow"/> from which on <see cref="OnBurnRate"/> is called.</summary>
    /// <value>The default is 12. Must be greater than 0.</value>
    public double FastThreshold { get; set; } = 12;

    /// <summary>Gets or sets the burn rate over <see cref="SlowWindow"/> from which on <see cref="OnBurnRate"/> is called.</summary>
    /// <value>The default is 3. Must be greater than 0.</value>
    public double SlowThreshold { get; set; } = 3;

    /// <summary>Gets or sets what is called when a burn rate reaches its threshold.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    /// <remarks>
    /// Called once for each crossing, for each account of a budget (each user, say); again only after the rate has been below four
    /// fifths of the threshold. It runs on the thread of the call that crossed, after its answer is there: do little, queue the rest.
    /// What it throws is counted in <c>aiobs.faults</c>, logged once and otherwise ignored.
    /// </remarks>
    public Action<BurnRateAlert>? OnBurnRate { get; set; }

    internal BurnRateOptions Clone() => (BurnRateOptions)MemberwiseClone();
}

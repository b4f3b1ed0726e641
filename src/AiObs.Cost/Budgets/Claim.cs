namespace AiObs.Cost.Budgets;

/// <summary>What a call asks of one account.</summary>
/// <param name="Amount">What it is expected to take.</param>
/// <param name="Headroom">What it may take beyond that; 0 where <paramref name="IsOpenEnded"/>.</param>
/// <param name="IsOpenEnded">Whether nobody knows how much it may take.</param>
/// <param name="IsUnpriced">Whether not even an estimate is there.</param>
internal readonly record struct Claim(decimal Amount, decimal Headroom, bool IsOpenEnded, bool IsUnpriced)
{
    // Beyond every real amount, and far enough from the end of decimal that sums of it cannot overflow.
    private const decimal Highest = 1_000_000_000_000_000m;

    public static Claim Unpriced { get; } = new(0, 0, IsOpenEnded: false, IsUnpriced: true);

    /// <summary>Gets a value indicating whether the call takes nothing that anybody knows of, so that there is nothing to refuse.</summary>
    public bool IsEmpty => Amount == 0 && Headroom == 0 && !IsOpenEnded;

    public static Claim Of(decimal estimated, decimal? highest)
    {
        var amount = Sane(estimated);
        return highest is { } known
            ? new(amount, Math.Max(0, Sane(known) - amount), IsOpenEnded: false, IsUnpriced: false)
            : new(amount, 0, IsOpenEnded: true, IsUnpriced: false);
    }

    /// <summary>Returns an amount that can be added up whatever a price or a provider said.</summary>
    public static decimal Sane(decimal amount) => Math.Clamp(amount, 0, Highest);
}

namespace AiObs.Cost.Pricing;

/// <summary>What one unit of use costs.</summary>
/// <param name="Base">The rate in USD, for as many units as the price key says, such as a million tokens for <c>input_mtok</c>.</param>
public sealed record UnitRate(decimal Base)
{
    /// <summary>Gets the rates for large calls, by ascending start; empty for most models.</summary>
    public IReadOnlyList<RateTier> Tiers { get; init; } = [];

    /// <summary>Makes a rate without tiers.</summary>
    /// <param name="rate">The rate in USD.</param>
    public static implicit operator UnitRate(decimal rate) => FromDecimal(rate);

    /// <summary>Makes a rate without tiers.</summary>
    /// <param name="rate">The rate in USD.</param>
    /// <returns>The rate.</returns>
    public static UnitRate FromDecimal(decimal rate) => new(rate);

    /// <summary>Says whether another rate has the same base and the same tiers.</summary>
    /// <param name="other">The other rate.</param>
    /// <returns><see langword="true"/> if both price every call alike.</returns>
    public bool Equals(UnitRate? other) => other is not null && Base == other.Base && Tiers.SequenceEqual(other.Tiers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Base, Tiers.Count);

    /// <summary>Returns the rate of a call, and raises <paramref name="tierStart"/> to the start of the tier that it reached.</summary>
    internal decimal At(decimal inputTokens, ref long? tierStart)
    {
        var rate = Base;
        for (var index = 0; index < Tiers.Count && inputTokens > Tiers[index].Start; index++)
        {
            rate = Tiers[index].Rate;
            tierStart = Math.Max(tierStart ?? 0, Tiers[index].Start);
        }

        return rate;
    }
}

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
}

using AiObs.Cost.Tables;

namespace AiObs.Cost.Pricing;

/// <summary>What a price file says, or what is wrong with it.</summary>
/// <param name="Rules">What it says, in the shape of the options; only to be used when there are no problems.</param>
/// <param name="Version">The version that receipts name.</param>
/// <param name="Problems">What is wrong, where, and what to do.</param>
/// <param name="Table">The table, where the file is one; it then says nothing else.</param>
internal sealed record PriceFileContent(PricingOptions Rules, string? Version, IReadOnlyList<string> Problems, IPriceTable? Table = null)
{
    /// <summary>Gets what takes the place of the overlay in the package; <see langword="null"/> where the file has none.</summary>
    public PriceOverlay? Overlay { get; init; }
}

namespace AiObs.Cost.Pricing;

/// <summary>All sources of prices in their order: the call's own, the options, the file, custom providers, the table; with aliases before and multipliers after.</summary>
internal sealed class PriceBook
{
    /// <summary>Makes the receipt of a usage. Never throws; what is not known comes back unpriced with the reason.</summary>
    /// <param name="request">What is to be priced.</param>
    /// <param name="usage">What was used.</param>
    /// <param name="terms">What else the price depends on.</param>
    public CostReceipt Price(in PriceRequest request, CallUsage usage, in PriceTerms terms) => throw new NotImplementedException();
}

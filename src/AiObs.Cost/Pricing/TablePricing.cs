namespace AiObs.Cost.Pricing;

/// <summary>The table of the package as a source of prices; it is not read before the first call asks for it.</summary>
internal sealed class TablePricing : IPricingProvider
{
    public PriceLookup Find(in PriceRequest request) =>
        request.WhyUnlisted is null ? PriceTable.Default.Find(in request) : PriceLookup.UnknownProvider;
}

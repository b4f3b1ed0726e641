using AiObs.Operations;

namespace AiObs.Cost.Pricing;

/// <summary>What the sources of prices together answered.</summary>
/// <param name="Lookup">The price, or why there is none.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Asked">The provider and model that the answer is for: those of the call, or what an alias leads to.</param>
internal readonly record struct PriceHit(PriceLookup Lookup, PriceSource Source, PriceRequest Asked)
{
    public bool IsFound => Lookup.Price is not null;
}

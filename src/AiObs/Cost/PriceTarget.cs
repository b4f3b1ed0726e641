using AiObs.Cost.Pricing;
using AiObs.Operations;

namespace AiObs.Cost;

/// <summary>What of a call its price depends on.</summary>
internal static class PriceTarget
{
    public static PriceRequest RequestOf(ModelOperation operation, DateTimeOffset time)
    {
        var (provider, address, _) = operation.Endpoint;
        return new PriceRequest(operation.ResponseModel ?? operation.RequestModel ?? "", provider, time)
        {
            // A known provider is never looked for by its address.
            ApiUrl = provider is null && address is not null ? $"https://{address}" : null,
        };
    }

    public static PriceTerms TermsOf(ModelOperation operation, IPricingProvider? pricing)
    {
        var chat = operation as ChatOperation;
        return new PriceTerms(pricing, chat?.ServiceTier, chat?.Region);
    }
}

using AiObs.Cost.Pricing;
using AiObs.Operations;

namespace AiObs.Cost;

/// <summary>What of a call its price depends on.</summary>
internal static class PriceTarget
{
    public static PriceRequest RequestOf(ModelOperation operation, Seller seller, DateTimeOffset time) =>
        new(operation.ResponseModel ?? operation.RequestModel ?? "", seller.Provider, time)
        {
            ApiUrl = seller.Url,
            WhyUnlisted = seller.WhyUnlisted,
            IsFree = seller.IsFree,
        };

    public static PriceTerms TermsOf(ModelOperation operation, CostTicket ticket)
    {
        var chat = operation as ChatOperation;
        return new PriceTerms(ticket.Pricing, chat?.ServiceTier, chat?.Region ?? operation.Endpoint.Region, chat?.Speed, ticket.Table);
    }
}

using AiObs.Cost.Pricing;

namespace AiObs.Cost.Tests.Repricing;

/// <summary>A price list of input and output rates per million tokens.</summary>
internal sealed class FixedPrices(params (string Provider, string Model, decimal Input, decimal Output)[] prices) : IPricingProvider
{
    public PriceLookup Find(in PriceRequest request)
    {
        foreach (var (provider, model, input, output) in prices)
        {
            if (model == request.Model && (request.Provider is null || provider == request.Provider))
            {
                var rates = new Dictionary<string, UnitRate> { ["input_mtok"] = input, ["output_mtok"] = output };
                return PriceLookup.Found(new ModelPrice(provider, model, rates) { DataVersion = "2" });
            }
        }

        return PriceLookup.UnknownModel;
    }
}

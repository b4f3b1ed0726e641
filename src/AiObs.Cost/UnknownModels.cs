using System.Collections.Concurrent;
using AiObs.Cost.Ledger;
using AiObs.Cost.Pricing;
using Microsoft.Extensions.Logging;

namespace AiObs.Cost;

/// <summary>Tells, once per model, of models that have no known price, and of the known names that come closest.</summary>
internal sealed class UnknownModels(PriceBook prices, UnpricedModels unpriced, ILogger logger)
{
    private const int Capacity = 1_000;
    private const int SimilarCount = 3;

    private readonly ConcurrentDictionary<(string? Provider, string Model), bool> _told = new();

    public void Tell(in PriceRequest request, CostReceipt receipt)
    {
        var (provider, model) = (request.Provider is null ? null : LogText.Name(request.Provider), LogText.Name(request.Model));

        // Whoever makes up a model for each call is told of the first ones only.
        if (_told.Count >= Capacity || !_told.TryAdd((provider, model), true))
        {
            return;
        }

        var similar = prices.Table.FindSimilar(in request, SimilarCount);
        unpriced.Note(new(provider, model, receipt.Reason, similar) { IsUnknownProvider = PriceReasons.IsOfUnknownProvider(receipt) });
        if (logger.IsEnabled(LogLevel.Warning))
        {
            logger.ModelUnpriced(
                model,
                provider ?? "an unknown provider",
                receipt.Reason,
                similar.Count == 0 ? "none" : string.Join(", ", similar));
        }
    }
}

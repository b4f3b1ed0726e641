namespace AiObs.Cost.Pricing;

/// <summary>A source of prices of the application's own, asked after the options and before the table of the package.</summary>
public interface IPricingProvider
{
    /// <summary>Finds the price that holds for a call.</summary>
    /// <param name="request">What is to be priced.</param>
    /// <returns>The price, or why there is none; then the next source is asked.</returns>
    /// <remarks>Runs on the caller's thread after each call, so answer from memory. What it throws is counted, logged once, and taken for a miss.</remarks>
    PriceLookup Find(in PriceRequest request);

    /// <summary>Loads what <see cref="Find"/> answers from; called once in the background, when the host starts or before the first call is priced.</summary>
    /// <param name="cancellationToken">Cancelled when the application stops.</param>
    /// <returns>A task that ends when prices are there. Calls are not kept waiting for it.</returns>
    ValueTask LoadAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}

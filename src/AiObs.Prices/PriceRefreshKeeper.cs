using AiObs.Cost.Pricing;
using AiObs.Pipeline;
using Microsoft.Extensions.Options;

namespace AiObs.Prices;

/// <summary>Makes the refresh of a root when that is made, and ends it with the container.</summary>
internal sealed class PriceRefreshKeeper(IOptions<PriceRefreshOptions> options, IHttpClientFactory clients) : TableKeeper, IDisposable
{
    /// <summary>Gets the refresh; <see langword="null"/> before the root is made.</summary>
    public PriceRefresh? Refresh { get; private set; }

    public override void Start(CurrentTable table, ObservabilityCore core)
    {
        Refresh = new PriceRefresh(options.Value, clients, table, core);
        Refresh.Start();
    }

    public void Dispose() => Refresh?.Dispose();
}

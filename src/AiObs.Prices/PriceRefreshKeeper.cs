using AiObs.Cost.Pricing;
using AiObs.Pipeline;
using Microsoft.Extensions.Options;

namespace AiObs.Prices;

/// <summary>Makes the refresh of a root when that is made, and ends it with the container.</summary>
internal sealed class PriceRefreshKeeper : TableKeeper, IDisposable
{
    private readonly PriceRefreshOptions _options;
    private readonly IHttpClientFactory _clients;

    public PriceRefreshKeeper(IOptions<PriceRefreshOptions> options, IHttpClientFactory clients)
    {
        _options = options.Value;
        _clients = clients;

        // A container disposes last what it made first. What retries waits at its end for what runs, so it has to be there before this, which ends that.
        using var client = clients.CreateClient(PriceDownload.ClientName);
    }

    /// <summary>Gets the refresh; <see langword="null"/> before the root is made.</summary>
    public PriceRefresh? Refresh { get; private set; }

    public override void Start(CurrentTable table, ObservabilityCore core)
    {
        Refresh = new PriceRefresh(_options, _clients, table, core);
        Refresh.Start();
    }

    public void Dispose() => Refresh?.Dispose();
}

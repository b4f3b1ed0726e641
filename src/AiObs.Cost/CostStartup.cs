using Microsoft.Extensions.Hosting;

namespace AiObs.Cost;

/// <summary>Makes the cost tracking when the host starts, so that prices are loaded before the first call.</summary>
internal sealed class CostStartup(CostTracking costs, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = costs.Prices.StartLoading(lifetime.ApplicationStopping);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

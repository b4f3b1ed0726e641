using AiObs.Cost;
using Microsoft.Extensions.Hosting;

namespace AiObs.Hosting;

/// <summary>Makes the cost tracking when the host starts, so that prices are loaded before the first call.</summary>
internal sealed class CostStartup(CostTracking costs) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        costs.Prices.StartLoading();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

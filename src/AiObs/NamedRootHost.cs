using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AiObs;

/// <summary>Starts and stops what a root with a name has running, with the host of the application.</summary>
internal sealed class NamedRootHost(AgentObservability root) : IHostedLifecycleService
{
    private readonly IHostedService[] _services = [.. root.OwnServices!.GetServices<IHostedService>()];

    public Task StartingAsync(CancellationToken cancellationToken) => EachAsync(service => service.StartingAsync(cancellationToken));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var service in _services)
        {
            await service.StartAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => EachAsync(service => service.StartedAsync(cancellationToken));

    public Task StoppingAsync(CancellationToken cancellationToken) => EachAsync(service => service.StoppingAsync(cancellationToken));

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var service in _services.Reverse())
        {
            await service.StopAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => EachAsync(service => service.StoppedAsync(cancellationToken));

    private async Task EachAsync(Func<IHostedLifecycleService, Task> run)
    {
        foreach (var service in _services.OfType<IHostedLifecycleService>())
        {
            await run(service).ConfigureAwait(false);
        }
    }
}

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
        List<Exception> failures = [];
        foreach (var service in _services.Reverse())
        {
            try
            {
                await service.StopAsync(cancellationToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // The others are to be stopped too, as the host itself does it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failures.Add(exception);
            }
        }

        if (failures.Count > 0)
        {
            throw new AggregateException("Not all services of a root with a name could be stopped.", failures);
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

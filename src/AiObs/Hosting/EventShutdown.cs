using AiObs.Events;
using Microsoft.Extensions.Hosting;

namespace AiObs.Hosting;

/// <summary>Has event sinks write what waits when the host stops, after all other services have stopped and nothing new comes.</summary>
/// <remarks>Hosts that are never disposed would lose it otherwise. What cannot be written stays for the end of the root, which counts and logs it.</remarks>
internal sealed class EventShutdown(AgentEvents events) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await events.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (EventDeliveryException)
        {
            // The end of the root tries once more, and says what is lost.
        }
    }
}

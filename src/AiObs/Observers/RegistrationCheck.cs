using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AiObs.Observers;

/// <summary>Tells at the start of the host which clients are registered but not observed, and why.</summary>
internal sealed class RegistrationCheck(IServiceCollection services, ILogger logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var registration in services.Where(ClientRegistrations.IsUndecorated))
        {
            var name = ClientRegistrations.NameOf(registration);
            if (ClientDecorator.For(registration.ServiceType) is null)
            {
                logger.CannotBeDecorated(name);
            }
            else
            {
                logger.RegisteredTooLate(name);
            }
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AiObs.Observers;

/// <summary>Tells at the start of the host where the observer of the registered clients stands, and which are not observed, and why.</summary>
internal sealed class RegistrationCheck(IServiceCollection services, ILogger logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        TellPlace();
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

    /// <summary>Says once for all clients where their observer stands: whether a loop is inside is known only when a client is built.</summary>
    private void TellPlace()
    {
        var clients = string.Join(", ", services.Where(ClientRegistrations.IsDecoratedChatClient).Select(ClientRegistrations.NameOf).Distinct());
        if (clients.Length > 0 && logger.IsEnabled(LogLevel.Information))
        {
            logger.ObservedFromOutside(clients);
        }
    }
}

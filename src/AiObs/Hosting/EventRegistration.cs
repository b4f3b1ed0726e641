using AiObs.Events;
using AiObs.Events.Sinks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AiObs.Hosting;

/// <summary>The services of events.</summary>
internal static class EventRegistration
{
    public static void Add(IServiceCollection services)
    {
        // First of all, so that whatever the application configures comes after, wherever it does so.
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<EventOptions>>(static provider =>
            new EventOptionsSource(provider.GetService<IConfiguration>())));
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<EventSinkOptions>>(static provider =>
            new EventOptionsSource(provider.GetService<IConfiguration>())));
        services.AddSingleton<IValidateOptions<EventOptions>, EventOptionsValidator>();
        services.AddSingleton<IValidateOptions<EventSinkOptions>, EventSinkOptionsValidator>();
        services.AddOptions<EventOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<JsonLinesFileSinkOptions>, JsonLinesFileSinkOptionsValidator>();
        services.AddSingleton<IValidateOptions<LoggerEventSinkOptions>, LoggerEventSinkOptionsValidator>();

        // Health checks are made anew for each check; this one compares with the check before.
        services.TryAddSingleton<AiObsEventSinksHealthCheck>();
    }

    public static void AddSink(
        IServiceCollection services, Func<IServiceProvider, IAgentEventSink> create, string name, Action<EventSinkOptions>? configure)
    {
        // Two sinks of one type are two registrations, and each has options of its own; only their section is the same.
        var count = services.Count(service => service.ImplementationInstance is EventSinkRegistration other && other.Name == name);
        var optionsName = count == 0 ? name : $"{name}{EventOptionsSource.NumberMark}{count + 1}";
        services.AddSingleton(new EventSinkRegistration(name, optionsName, create));
        var options = services.AddOptions<EventSinkOptions>(optionsName).ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EventShutdown>());
    }

    /// <summary>Adds the registered sinks to the events of a root.</summary>
    public static void AddSinks(IServiceProvider provider, AgentEvents events)
    {
        foreach (var registration in provider.GetServices<EventSinkRegistration>())
        {
            var options = provider.GetRequiredService<IOptionsMonitor<EventSinkOptions>>().Get(registration.OptionsName);
            events.Add(registration.Name, registration.Create(provider), options);
        }
    }
}

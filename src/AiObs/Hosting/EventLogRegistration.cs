using AiObs.Events.Log;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiObs.Hosting;

/// <summary>The services of event logs.</summary>
internal static class EventLogRegistration
{
    /// <summary>The sink of the log without a name; that of a named log has the log's name.</summary>
    private const string DefaultSinkName = "EventLog";

    public static void Add(IServiceCollection services, string? name, Action<EventLogBuilder> configure)
    {
        if (services.Any(service => service.ServiceType == typeof(IEventLog) && Equals(service.ServiceKey, name)))
        {
            throw new InvalidOperationException(
                $"There is an event log {(name is null ? "without a name" : $"'{name}'")} already. Give each of several logs a name of its own.");
        }

        var builder = new EventLogBuilder(services, name);
        configure(builder);
        AddLog(services, name, builder.Build());
        EventRegistration.AddSink(
            services,
            provider => new EventLogSink(LogOf(provider, name), AgentObservability.LoggerOf(provider.GetService<ILoggerFactory>())),
            name ?? DefaultSinkName,
            builder.ApplyDelivery);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EventLogOptions>, EventLogOptionsValidator>());
        services.AddOptions<EventLogOptions>(name ?? Options.DefaultName).ValidateOnStart();
    }

    private static void AddLog(IServiceCollection services, string? name, Func<IServiceProvider, IEventLog> create)
    {
        if (name is null)
        {
            services.AddSingleton(create);
        }
        else
        {
            services.AddKeyedSingleton(name, (provider, _) => create(provider));
        }
    }

    private static IEventLog LogOf(IServiceProvider provider, string? name) =>
        name is null ? provider.GetRequiredService<IEventLog>() : provider.GetRequiredKeyedService<IEventLog>(name);
}

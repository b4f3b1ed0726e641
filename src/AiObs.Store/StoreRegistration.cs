using AiObs.Store.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiObs.Store;

/// <summary>The services of stores.</summary>
internal static class StoreRegistration
{
    /// <summary>The sink of the store without a name; that of a named store has the store's name.</summary>
    private const string DefaultSinkName = "EventLog";

    public static AgentObservabilityBuilder Add(AgentObservabilityBuilder builder, string? name, Action<StoreBuilder> configure)
    {
        var store = new StoreBuilder(builder.Services, name);
        configure(store);
        var parts = store.KeptParts();
        ThrowIfKeptTwice(builder.Services, name, parts);
        builder.Services.AddSingleton(new RegisteredStore(name, parts));
        if (parts.HasFlag(StoreParts.Events))
        {
            AddEvents(builder, store);
        }

        if (parts.HasFlag(StoreParts.Costs))
        {
            builder.Services.AddKeyedSingleton(name, (provider, _) => store.CreateCosts(provider));
        }

        if (parts.HasFlag(StoreParts.Traces))
        {
            builder.Services.AddKeyedSingleton(name, (provider, _) => store.CreateTraces(provider));
            TraceRegistration.AddReaders(builder.Services, name);
            TraceRegistration.AddOptions(builder.Services);
        }

        if (parts.HasFlag(StoreParts.Conversations))
        {
            builder.Services.AddKeyedSingleton(name, (provider, _) => store.CreateConversations(provider));
        }

        return builder;
    }

    private static void ThrowIfKeptTwice(IServiceCollection services, string? name, StoreParts parts)
    {
        var kept = services.Select(static service => service.IsKeyedService ? null : service.ImplementationInstance)
            .OfType<RegisteredStore>()
            .Where(other => other.Name == name)
            .Aggregate((StoreParts)0, static (all, other) => all | other.Parts);
        if ((kept & parts) != 0)
        {
            throw new InvalidOperationException(
                $"Two stores {(name is null ? "without a name" : $"named '{name}'")} keep {kept & parts}. "
                + $"Say which parts each of them keeps, such as s.Keep(StoreParts.{StoreParts.Costs}), or give one a name of its own, such as AddStore(\"audit\", …).");
        }
    }

    private static void AddEvents(AgentObservabilityBuilder builder, StoreBuilder store)
    {
        // Without a name, the key is null and the service an ordinary one.
        builder.Services.AddKeyedSingleton(store.Name, (provider, _) => store.CreateEvents(provider));
        builder.AddEventSink(
            provider => new EventLogSink(
                provider.GetRequiredKeyedService<IEventLog>(store.Name), GuardedLogger.Of(provider.GetService<ILoggerFactory>())),
            store.Name ?? DefaultSinkName,
            store.ApplyDelivery);
        if (store.VerificationInterval is { } interval)
        {
            AddVerification(builder.Services, store.Name, interval);
        }

        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EventLogOptions>, EventLogOptionsValidator>());
        builder.Services.AddOptions<EventLogOptions>(store.Name ?? Options.DefaultName).ValidateOnStart();
    }

    private static void AddVerification(IServiceCollection services, string? name, TimeSpan interval)
    {
        var shownName = name ?? StoreBuilder.DefaultName;
        var schedule = new ScheduledVerification(interval);
        services.AddKeyedSingleton(name, schedule);
        services.AddSingleton<IDoctorCheck>(new VerificationCheck(schedule, shownName));
        services.AddSingleton<IHostedService>(provider => new LogVerifier(
            provider.GetRequiredKeyedService<IEventLog>(name),
            shownName,
            schedule,
            GuardedLogger.Of(provider.GetService<ILoggerFactory>()),
            provider.GetService<TimeProvider>() ?? TimeProvider.System));
    }
}

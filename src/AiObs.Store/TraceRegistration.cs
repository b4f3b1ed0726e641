using AiObs.Cost;
using AiObs.Hosting;
using AiObs.Operations;
using AiObs.Store.Traces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AiObs.Store;

/// <summary>The services of traces and latencies.</summary>
internal static class TraceRegistration
{
    public static void AddTraces(IServiceCollection services)
    {
        AddLatencies(services);
        if (services.Any(static service => service.ServiceType == typeof(TraceWriter)))
        {
            return;
        }

        AddOptions(services);
        services.TryAddSingleton<ITraceStore>(static provider => new InMemoryTraceStore(OptionsOf(provider), provider.GetService<TimeProvider>()));
        AddReaders(services, name: null);
        services.AddSingleton(static provider => new TraceWriter(
            provider.GetRequiredService<ITraceStore>(), provider.GetRequiredService<ITraceFeed>(), OptionsOf(provider)));
        services.AddSingleton<RootPart>(static provider => provider.GetRequiredService<TraceWriter>());
        services.TryAddSingleton<AiObsTracesHealthCheck>();
        services.AddSingleton<IDoctorCheck>(static provider => new TraceStoreCheck(provider.GetRequiredService<TraceWriter>()));
        services.AddSingleton<IDoctorCheck>(static provider => new UnendedSpansCheck(provider.GetRequiredService<TraceWriter>()));
        services.AddSingleton<IHostedService>(static provider => new TraceSweep(
            provider.GetRequiredService<AgentObservability>(),
            provider.GetRequiredService<TraceWriter>(),
            provider.GetRequiredService<ITraceStore>(),
            OptionsOf(provider)));
        services.AddSingleton(static provider => provider.GetRequiredService<AgentObservability>().RunningSpans!);
    }

    /// <summary>Adds what is read of traces, whether any are written here or not.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name of the store; <see langword="null"/> for the one without.</param>
    public static void AddReaders(IServiceCollection services, string? name)
    {
        services.TryAddKeyedSingleton(name, (provider, _) => WrittenTraceFeed.Of(provider.GetRequiredKeyedService<ITraceStore>(name)));
        services.TryAddKeyedSingleton(name, (provider, _) => new PricedTraces(
            provider.GetRequiredKeyedService<ITraceStore>(name),
            provider.GetKeyedService<ICostStore>(name)
            ?? throw new InvalidOperationException("What traces cost is not kept: call AddCostTracking(), or let the store keep costs too.")));
    }

    public static void AddLatencies(IServiceCollection services)
    {
        if (services.Any(static service => service.ServiceType == typeof(RecentLatencies)))
        {
            return;
        }

        services.AddSingleton(static provider => new RecentLatencies(provider.GetService<TimeProvider>() ?? TimeProvider.System));
        services.AddSingleton<IOperationObserver>(static provider => provider.GetRequiredService<RecentLatencies>());
    }

    public static void AddOptions(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TraceOptions>, TraceOptionsValidator>());
        services.AddOptions<TraceOptions>().ValidateOnStart();
    }

    public static TraceOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<TraceOptions>>().Value;
}

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

        AddOptions(services, name: null);
        services.TryAddSingleton<ITraceStore>(static provider => new InMemoryTraceStore(OptionsOf(provider, name: null), provider.GetService<TimeProvider>()));
        services.AddSingleton(static provider => new TraceWriter(provider.GetRequiredService<ITraceStore>(), OptionsOf(provider, name: null)));
        services.AddSingleton<RootPart>(static provider => provider.GetRequiredService<TraceWriter>());
        services.TryAddSingleton<AiObsTracesHealthCheck>();
        services.AddSingleton<IDoctorCheck>(static provider => new TraceStoreCheck(provider.GetRequiredService<TraceWriter>()));
        services.AddSingleton<IDoctorCheck>(static provider => new UnendedSpansCheck(provider.GetRequiredService<TraceWriter>()));
        services.AddSingleton<IHostedService>(static provider => new TraceSweep(
            provider.GetRequiredService<AgentObservability>(),
            provider.GetRequiredService<TraceWriter>(),
            provider.GetRequiredService<ITraceStore>(),
            OptionsOf(provider, name: null)));
        services.AddSingleton(static provider => provider.GetRequiredService<AgentObservability>().RunningSpans!);
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

    public static void AddOptions(IServiceCollection services, string? name)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TraceOptions>, TraceOptionsValidator>());
        services.AddOptions<TraceOptions>(name ?? Options.DefaultName).ValidateOnStart();
    }

    public static TraceOptions OptionsOf(IServiceProvider provider, string? name) =>
        provider.GetRequiredService<IOptionsMonitor<TraceOptions>>().Get(name ?? Options.DefaultName);
}

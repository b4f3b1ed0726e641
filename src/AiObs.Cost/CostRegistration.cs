using AiObs.Cost.Ledger;
using AiObs.Cost.Pricing;
using AiObs.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AiObs.Cost;

/// <summary>The services of cost tracking.</summary>
internal static class CostRegistration
{
    public static void Add(IServiceCollection services)
    {
        if (services.Any(static service => service.ServiceType == typeof(CostTrackingFactory)))
        {
            return;
        }

        // First of all, so that whatever the application configures comes after, wherever it does so.
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<CostTrackingOptions>>(static provider =>
            new CostOptionsSource(provider.GetService<IConfiguration>())));
        services.AddSingleton<IValidateOptions<CostTrackingOptions>, CostTrackingOptionsValidator>();
        services.AddOptions<CostTrackingOptions>().ValidateOnStart();
        services.TryAddSingleton<ICostStore>(static provider => new InMemoryCostStore(OptionsOf(provider).StoreCapacity, provider.GetService<TimeProvider>()));
        services.TryAddSingleton(static provider => new CostAccumulator(OptionsOf(provider).AccumulatorCapacity));
        services.AddSingleton(static provider => new CostTrackingFactory(
            OptionsOf(provider),
            new CostLedger(provider.GetRequiredService<ICostStore>(), provider.GetRequiredService<CostAccumulator>()),
            provider.GetServices<IPricingProvider>(),
            provider.GetService<TableKeeper>()));
        services.AddSingleton<GateFactory>(static provider => provider.GetRequiredService<CostTrackingFactory>());
        services.AddSingleton(static provider => provider.GetRequiredService<AgentObservability>().Costs!);
        services.TryAddSingleton(static provider => provider.GetRequiredService<AgentObservability>().CostRecorder!);
        services.AddSingleton<IDoctorCheck>(static provider => new PricesCheck(provider.GetRequiredService<CostTracking>(), provider.GetService<TimeProvider>() ?? TimeProvider.System));
        services.AddSingleton<IDoctorCheck>(static provider => new CostStoreCheck(provider.GetRequiredService<CostTracking>()));
        services.AddSingleton<IHostedService, CostStartup>();
    }

    private static CostTrackingOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<CostTrackingOptions>>().Value;
}

using AiObs.Cost.Ledger;
using AiObs.Cost.Pricing;
using AiObs.Hosting;
using AiObs.Operations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Cost;

/// <summary>Makes the cost tracking of a root, or of one client.</summary>
internal sealed class CostTrackingFactory(CostTrackingOptions options, CostLedger ledger, IEnumerable<IPricingProvider> providers)
{
    /// <summary>Makes the cost tracking of a client: with a changed copy of the options that it has so far, or of the root's, and the root's ledger, where the root has any.</summary>
    public static CostTracking CreateFor(
        ObservabilityCore core, CostTracking? own, IServiceProvider? services, Action<CostTrackingOptions>? configure)
    {
        var shared = own ?? core.Costs;
        var options = shared?.Options.Clone() ?? Read(services);
        configure?.Invoke(options);
        CostTrackingOptionsValidator.ThrowIfInvalid(options);
        var ledger = shared?.Ledger
            ?? new CostLedger(services?.GetService<ICostStore>() ?? new InMemoryCostStore(options.StoreCapacity), new CostAccumulator(options.AccumulatorCapacity));
        return new CostTracking(options, ledger, shared?.Providers ?? services?.GetServices<IPricingProvider>() ?? [], core);
    }

    public CostTracking Create(ObservabilityCore core) => new(options.Clone(), ledger, providers, core);

    private static CostTrackingOptions Read(IServiceProvider? services)
    {
        var options = new CostTrackingOptions();
        new CostOptionsSource(services?.GetService<IConfiguration>()).Configure(options);
        return options;
    }
}

using AiObs.Cost.Ledger;
using AiObs.Cost.Pricing;
using AiObs.Observers;
using AiObs.Operations;
using AiObs.Pipeline;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Cost;

/// <summary>What a line of a pipeline asks of cost tracking for the calls of its client.</summary>
/// <param name="configure">Changes the options; <see langword="null"/> where nothing does.</param>
internal sealed class CostGateRequest(Action<CostTrackingOptions>? configure) : GateRequest
{
    public override bool HasOptions => configure is not null;

    public override string Lack => "without cost tracking, so nothing would be priced and no budget would hold";

    public override string OnRoot => "Or call AddCostTracking() on the root, which prices all of its calls.";

    public override string OptionsOnRoot => "Or set them with AddCostTracking() on the root, whose budgets can be per user, tag or model.";

    public override bool IsMetBy(ICallGate gate) => gate is CostTracking;

    public override void AddTo(AgentObservabilityBuilder builder) => builder.AddCostTracking(configure);

    /// <summary>Makes cost tracking with a changed copy of the options that the client has so far, or the root, and with the root's ledger, where the root has any.</summary>
    public override ICallGate Create(ObservabilityCore core, IServiceProvider? services)
    {
        var shared = core.Gates.All.OfType<CostTracking>().FirstOrDefault();
        var options = shared?.Options.Clone() ?? Read(services);
        configure?.Invoke(options);
        CostTrackingOptionsValidator.ThrowIfInvalid(options);
        var ledger = shared?.Ledger
            ?? new CostLedger(services?.GetService<ICostStore>() ?? new InMemoryCostStore(options.StoreCapacity), new CostAccumulator(options.AccumulatorCapacity));
        return new CostTracking(
            options, ledger, shared?.Providers ?? services?.GetServices<IPricingProvider>() ?? [], shared?.Table ?? new CurrentTable(), core);
    }

    private static CostTrackingOptions Read(IServiceProvider? services)
    {
        var options = new CostTrackingOptions();
        new CostOptionsSource(services?.GetService<IConfiguration>()).Configure(options);
        return options;
    }
}

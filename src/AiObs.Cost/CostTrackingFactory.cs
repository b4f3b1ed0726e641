using AiObs.Cost.Ledger;
using AiObs.Cost.Pricing;
using AiObs.Hosting;
using AiObs.Operations;
using AiObs.Pipeline;

namespace AiObs.Cost;

/// <summary>Makes the cost tracking of a root.</summary>
internal sealed class CostTrackingFactory(CostTrackingOptions options, CostLedger ledger, IEnumerable<IPricingProvider> providers) : GateFactory
{
    public override ICallGate Create(ObservabilityCore core) => new CostTracking(options.Clone(), ledger, providers, core);
}

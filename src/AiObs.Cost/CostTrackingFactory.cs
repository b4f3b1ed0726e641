using AiObs.Cost.Ledger;
using AiObs.Cost.Pricing;
using AiObs.Hosting;
using AiObs.Operations;
using AiObs.Pipeline;

namespace AiObs.Cost;

/// <summary>Makes the cost tracking of a root, and has its price table kept fresh.</summary>
internal sealed class CostTrackingFactory(
    CostTrackingOptions options, CostLedger ledger, IEnumerable<IPricingProvider> providers, TableKeeper? keeper) : GateFactory
{
    public override ICallGate Create(ObservabilityCore core)
    {
        var table = new CurrentTable();
        keeper?.Start(table, core);
        return new CostTracking(options.Clone(), ledger, providers, table, core);
    }
}

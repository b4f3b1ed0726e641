using AiObs.Cost;
using AiObs.Cost.Pricing;
using AiObs.Operations;

namespace AiObs;

/// <summary>What cost tracking adds to the types of AiObs: the costs of a root, prices of a scope, and the record of a call.</summary>
#pragma warning disable CA1708 // The rule takes two extension blocks for members of one name.
public static class AiObsCostExtensions
#pragma warning restore CA1708
{
    extension(AgentObservability observability)
    {
        /// <summary>Gets what prices every model call; <see langword="null"/> unless <c>AddCostTracking()</c> was called.</summary>
        public CostTracking? Costs => observability.Root.Pipeline.Gates.All.OfType<CostTracking>().FirstOrDefault();

        /// <summary>Gets what prices and records responses that no client of this root made; <see langword="null"/> unless <c>AddCostTracking()</c> was called.</summary>
        public ICostRecorder? CostRecorder => observability.Costs?.RecorderOn(observability.Root.Pipeline);
    }

    extension(AgentContext)
    {
        /// <summary>Prices the calls inside by a source of prices of their own, such as a contract of one tenant; it is asked before every other source.</summary>
        /// <param name="provider">The source. What it does not know is priced as outside; its <see cref="IPricingProvider.LoadAsync"/> is not called.</param>
        /// <returns>The scope; dispose it to leave.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="provider"/> is <see langword="null"/>.</exception>
        /// <remarks>Scopes inside inherit it. Without cost tracking it has no effect.</remarks>
        public static IDisposable UsePricing(IPricingProvider provider) => PricingScope.Begin(provider);
    }

    /// <summary>Returns the record that cost tracking made of a call.</summary>
    /// <param name="operation">The operation, which has ended.</param>
    /// <returns>The record; <see langword="null"/> while it runs, where nothing tracks costs, and where a call that failed took nothing that is known of.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="operation"/> is <see langword="null"/>.</exception>
    public static CostRecord? GetCostRecord(this ModelOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return operation.Cost?.Record as CostRecord;
    }
}

using AiObs.Cost;

namespace AiObs;

/// <summary>Finds the cost tracking of a root.</summary>
public static class AiObsAgentObservabilityExtensions
{
    extension(AgentObservability observability)
    {
        /// <summary>Gets what prices every model call; <see langword="null"/> unless <c>AddCostTracking()</c> was called.</summary>
        public CostTracking? Costs => observability.Root.Pipeline.Gates.All.OfType<CostTracking>().FirstOrDefault();

        /// <summary>Gets what prices and records responses that no client of this root made; <see langword="null"/> unless <c>AddCostTracking()</c> was called.</summary>
        public ICostRecorder? CostRecorder => observability.Costs?.RecorderOn(observability.Root.Pipeline);
    }
}

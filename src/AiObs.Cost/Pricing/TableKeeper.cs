using AiObs.Pipeline;

namespace AiObs.Cost.Pricing;

/// <summary>Keeps the price table of a root fresh.</summary>
internal abstract class TableKeeper
{
    /// <summary>Starts when the root is made, and works with what the root has.</summary>
    public abstract void Start(CurrentTable table, ObservabilityCore core);
}

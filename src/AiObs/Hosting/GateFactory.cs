using AiObs.Operations;
using AiObs.Pipeline;

namespace AiObs.Hosting;

/// <summary>Makes a gate of a root, which works with what the root has.</summary>
internal abstract class GateFactory
{
    public abstract ICallGate Create(ObservabilityCore core);
}

using AiObs.Operations;
using AiObs.Pipeline;

namespace AiObs.Observers;

/// <summary>What one line of a pipeline asks of a gate for the calls of its client.</summary>
internal abstract class GateRequest
{
    /// <summary>Gets a value indicating whether the line sets options, so that the client has a gate of its own.</summary>
    public abstract bool HasOptions { get; }

    /// <summary>Gets what calls are without where the gate is missing, for a message that refuses the line.</summary>
    public abstract string Lack { get; }

    /// <summary>Gets how else the gate is had, for such a message.</summary>
    public abstract string OnRoot { get; }

    /// <summary>Gets how else its options are set, for such a message.</summary>
    public abstract string OptionsOnRoot { get; }

    /// <summary>Tells whether a gate is the one that the line asks for.</summary>
    public abstract bool IsMetBy(ICallGate gate);

    /// <summary>Adds the gate to a root that is made for the client.</summary>
    public abstract void AddTo(AgentObservabilityBuilder builder);

    /// <summary>Makes the gate of the client.</summary>
    /// <param name="core">What it works with.</param>
    /// <param name="services">Where else its options may come from.</param>
    public abstract ICallGate Create(ObservabilityCore core, IServiceProvider? services);
}

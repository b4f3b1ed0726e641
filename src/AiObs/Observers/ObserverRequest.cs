using AiObs.Events.Delivery;

namespace AiObs.Observers;

/// <summary>What one line of a pipeline asks of the observer of a client.</summary>
/// <param name="Method">The method, by which messages name the line.</param>
internal sealed record ObserverRequest(string Method)
{
    /// <summary>Gets the root that the line names; <see langword="null"/> where it leaves that to what is found.</summary>
    public AgentObservability? Given { get; init; }

    /// <summary>Gets where else a root may come from.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>Gets what changes the options of observation; <see langword="null"/> where nothing does.</summary>
    public Action<AgentObservabilityOptions>? Options { get; init; }

    /// <summary>Gets the gate that the calls are to pass; <see langword="null"/> where none is asked for.</summary>
    public GateRequest? Gate { get; init; }

    /// <summary>Gets the sink that is to hear of the calls; <see langword="null"/> where none is.</summary>
    public ClientSink? Sink { get; init; }

    /// <summary>Gets a value indicating whether it is for every client of a container, so that one which is observed already stays as it is.</summary>
    public bool IsForAll { get; init; }

    /// <summary>Returns what changes the options of an observer with this line; <see langword="null"/> where nothing does.</summary>
    /// <param name="view">The view of the root that the observer has so far.</param>
    public Action<AgentObservabilityOptions>? ChangesFor(AgentObservability view) =>
        Given is null || ReferenceEquals(Given, view) || Given.Changes is null ? Options : Given.Changes + Options;
}

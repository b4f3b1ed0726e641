using AiObs.Events;

namespace AiObs.Observers;

/// <summary>What an observer works with.</summary>
/// <param name="Observability">The root, or a view of it with the options and the sinks of this client.</param>
internal sealed record ObserverParts(AgentObservability Observability) : IDisposable
{
    /// <summary>Gets the lines that it was made of, the innermost first.</summary>
    public IReadOnlyList<ObserverRequest> Requests { get; init; } = [];

    /// <summary>Gets a value indicating whether the root was made for this client, as no line named one and none was found.</summary>
    public bool HasRootOfItsOwn { get; init; }

    /// <summary>Gets what the client disposes, in this order.</summary>
    public IReadOnlyList<IDisposable> Owned { get; init; } = [];

    /// <summary>Makes the parts of an observer with a root of its own.</summary>
    public static ObserverParts WithOwnRoot(ObserverRequest request)
    {
        var root = AgentObservability.CreateBeside(request.Services, builder =>
        {
            builder.Configure(request.Options ?? (static _ => { }));
            request.Gate?.AddTo(builder);
        });
        var parts = new ObserverParts(root) { Requests = [request], HasRootOfItsOwn = true, Owned = [root] };
        return request.Sink is null ? parts : parts.Add(new ObserverRequest(request.Method) { Sink = request.Sink }) with
        {
            Requests = parts.Requests,
        };
    }

    /// <summary>Returns the parts of an observer that does what one more line asks for. It owns what is new.</summary>
    public ObserverParts Add(ObserverRequest request)
    {
        List<IDisposable> owned = [];
        var view = Observability;
        if (request.ChangesFor(view) is { } changes)
        {
            owned.Add(view = view.With(changes));
        }

        if (request.Sink is { } sink)
        {
            owned.Add(view = view.WithSink(sink));
            owned.Add(sink);
        }

        if (request.Gate is { } gate && (gate.HasOptions || !Passes(gate)))
        {
            var made = gate.Create(view.Core, request.Services);
            owned.Add(view = view.WithGates(view.Pipeline.Gates.With(made)));
            owned.InsertRange(0, new[] { made }.OfType<IDisposable>());
        }

        return new ObserverParts(view)
        {
            Requests = [.. Requests, request],
            HasRootOfItsOwn = HasRootOfItsOwn,
            Owned = [.. owned, .. Owned],
        };
    }

    /// <summary>Tells whether the calls pass the gate that a line asks for.</summary>
    public bool Passes(GateRequest gate) => Observability.Pipeline.Gates.All.Any(gate.IsMetBy);

    /// <summary>Returns the same without gates, as another observer asks them.</summary>
    public ObserverParts WithoutGates()
    {
        var view = Observability.WithGates(Observability.Pipeline.Gates.None);
        return this with { Observability = view, Owned = [view, .. Owned] };
    }

    /// <summary>Returns the same on another root. The sinks stay with the observer that has them, which writes to them once more when it is disposed.</summary>
    public ObserverParts On(AgentObservability root)
    {
        var parts = Requests.Aggregate(new ObserverParts(root), static (parts, request) => parts.Add(request));
        return parts with { Owned = [.. parts.Owned.Where(static owned => owned is not ClientSink)] };
    }

    /// <summary>Disposes what the client owns. A sink that throws there keeps nothing else from being disposed.</summary>
    public void Dispose()
    {
        foreach (var owned in Owned)
        {
            Observability.Pipeline.Faults.Run("dispose", owned, static owned => owned.Dispose());
        }
    }
}

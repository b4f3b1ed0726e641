using System.Diagnostics;
using AiObs.Operations;

namespace AiObs;

/// <summary>Sends the <see cref="AgentContext"/> along with HTTP requests, in the header <c>baggage</c>, so that the next process knows for whom it works.</summary>
/// <remarks>
/// Give it to one client as <c>SocketsHttpHandler.ActivityHeadersPropagator</c>, or to all that are made later as <see cref="DistributedContextPropagator.Current"/>. What goes along is what
/// <see cref="AgentObservabilityOptions.SentBaggage"/> names. Requests of model calls never have it: providers need not know for whom a call is. Requests outside of every <see cref="Activity"/> have no
/// baggage at all, as .NET sends none there.
/// </remarks>
public sealed class AgentContextPropagator : DistributedContextPropagator
{
    private const string Header = "baggage";
    private const string OldHeader = "Correlation-Context";

    private readonly DistributedContextPropagator _inner;
    private readonly BaggageWriter _sent;
    private readonly BaggageReader? _received;

    /// <summary>Initializes a new instance of the <see cref="AgentContextPropagator"/> class.</summary>
    /// <param name="observability">The root, whose options say which keys go along; what is too long counts in its metric <c>aiobs.drops</c>.</param>
    /// <param name="inner">What sends trace ids and other baggage. By default the one that is current.</param>
    /// <exception cref="ArgumentNullException"><paramref name="observability"/> is <see langword="null"/>.</exception>
    public AgentContextPropagator(AgentObservability observability, DistributedContextPropagator? inner = null)
    {
        ArgumentNullException.ThrowIfNull(observability);
        _inner = inner ?? Current;
        var (options, faults) = (observability.Pipeline.Options, observability.Pipeline.Faults);
        _sent = new BaggageWriter(options.SentBaggage, faults);
        _received = BaggageReader.Of(options.ReceivedBaggage, faults);
    }

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Fields => _inner.Fields;

    /// <inheritdoc/>
    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
        if (setter is null)
        {
            return;
        }

        string? header = null;
        _inner.Inject(activity, carrier, (target, name, value) =>
        {
            if (name.Equals(Header, StringComparison.OrdinalIgnoreCase))
            {
                header = value;
            }
            else if (!name.Equals(OldHeader, StringComparison.OrdinalIgnoreCase))
            {
                setter(target, name, value);
            }
            else if (BaggageWriter.WithoutOurs(value) is { Length: > 0 } others)
            {
                setter(target, name, others);
            }
        });
        if (_sent.Write(header, ScopeToSend(activity)) is { } baggage)
        {
            setter(carrier, Header, baggage);
        }
    }

    /// <inheritdoc/>
    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        _inner.ExtractTraceIdAndState(carrier, getter, out traceId, out traceState);

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) =>
        _inner.ExtractBaggage(carrier, getter);

    private AgentContext? ScopeToSend(Activity? activity) =>
        activity is null || AmbientOperation.Current is ModelOperation { Outcome: OperationOutcome.Running }
            ? null
            : _received is null ? AgentContext.Current : _received.Complete(AgentContext.Current);
}

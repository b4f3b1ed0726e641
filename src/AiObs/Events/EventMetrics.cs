using System.Diagnostics.Metrics;

namespace AiObs.Events;

/// <summary>Counts what becomes of events.</summary>
internal sealed class EventMetrics
{
    private const string SinkTag = "aiobs.sink";
    private const string ReasonTag = "aiobs.reason";
    private const string Part = "event metrics";

    private readonly Faults _faults;
    private readonly Counter<long> _written;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _unconfirmed;

    public EventMetrics(Meter meter, Faults faults, Func<IEnumerable<EventSinkChannel>> sinks)
    {
        _faults = faults;
        _written = meter.Counter<long>("aiobs.events.written", "{event}", "Events that a sink has written.");
        _dropped = meter.Counter<long>("aiobs.events.dropped", "{event}", "Events that were lost, and why.");
        _unconfirmed = meter.Counter<long>(
            "aiobs.events.unconfirmed", "{call}", "Calls that ended before a durable sink had confirmed their events.");
        meter.Gauge(
            "aiobs.events.queued",
            () => sinks().Select(static sink => new Measurement<long>(sink.Queued, Sink(sink.Name))),
            "{event}",
            "Events that wait for a sink, those being written included.");
    }

    public void Written(string sink, int count) =>
        _faults.Run(Part, (_written, sink, count), static state => state._written.Add(state.count, Sink(state.sink)));

    public void Dropped(string sink, string reason, int count) => _faults.Run(
        Part, (_dropped, sink, reason, count), static state => state._dropped.Add(state.count, Sink(state.sink), Reason(state.reason)));

    /// <summary>Counts an event that was lost before any sink could have it.</summary>
    public void DroppedForAll(string reason) =>
        _faults.Run(Part, (_dropped, reason), static state => state._dropped.Add(1, Reason(state.reason)));

    public void Unconfirmed(string sink) =>
        _faults.Run(Part, (_unconfirmed, sink), static state => state._unconfirmed.Add(1, Sink(state.sink)));

    private static KeyValuePair<string, object?> Sink(string name) => new(SinkTag, name);

    private static KeyValuePair<string, object?> Reason(string reason) => new(ReasonTag, reason);
}

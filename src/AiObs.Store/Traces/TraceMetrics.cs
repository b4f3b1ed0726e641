using System.Diagnostics.Metrics;

namespace AiObs.Store.Traces;

/// <summary>Counts what becomes of spans on their way to a trace store.</summary>
internal sealed class TraceMetrics(Meter meter, Faults faults)
{
    private const string Part = "trace metrics";
    private const string ReasonTag = "aiobs.reason";

    private readonly Counter<long> _dropped = meter.Counter<long>("aiobs.traces.dropped", "{span}", "Spans that did not get to the trace store, and why.");

    public void Dropped(string reason, int count) =>
        faults.Run(Part, (_dropped, reason, count), static state => state._dropped.Add(state.count, new KeyValuePair<string, object?>(ReasonTag, state.reason)));
}

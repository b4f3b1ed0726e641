using System.Diagnostics.Metrics;
using AiObs.Conventions;

namespace AiObs.OpenTelemetry.Sampling;

/// <summary>Counts what was left out, and why, so that nothing is lost silently.</summary>
internal sealed class SamplingMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _sampledOut;
    private readonly Counter<long> _decidedEarly;

    public SamplingMetrics(string meterName)
    {
        _meter = new Meter(new MeterOptions(meterName) { Version = typeof(AgentObservability).Assembly.GetName().Version!.ToString(3) });
        _sampledOut = _meter.Counter<long>("aiobs.spans.sampled_out", "{span}", "Finished spans that were not exported, and why.");
        _decidedEarly = _meter.Counter<long>(
            "aiobs.traces.decided_early", "{trace}", "Traces that were kept or left out before their end, because a bound was reached.");
    }

    /// <summary>Counts spans of ordinary traces that were not chosen.</summary>
    public void NotChosen(int count) => Count(_sampledOut, count, "ratio");

    /// <summary>Counts a span that ended after everything was shut down.</summary>
    public void CameAfterShutdown() => Count(_sampledOut, 1, "shutdown");

    /// <summary>Counts a span on which the processor behind failed.</summary>
    public void Failed() => Count(_sampledOut, 1, "fault");

    public void DecidedEarly(EarlyReason reason) => Count(_decidedEarly, 1, reason switch
    {
        EarlyReason.MaxWait => "max_wait",
        EarlyReason.MaxTraces => "max_traces",
        EarlyReason.MaxSpansPerTrace => "max_spans_per_trace",
        EarlyReason.MaxSpans => "max_spans",
        _ => "flush",
    });

    public void Dispose() => _meter.Dispose();

    private static void Count(Counter<long> counter, int count, string reason) =>
        counter.Add(count, new KeyValuePair<string, object?>(AiObsAttributes.SamplingReason, reason));
}

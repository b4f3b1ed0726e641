using System.Diagnostics;
using AiObs.Pipeline;

namespace AiObs.Store.Traces;

/// <summary>Hears of the spans of a root, on the thread of the call.</summary>
/// <remarks>
/// It asks for all data, so that spans are kept whatever a sampler decides, and never for the recorded flag: that is the sampler's, and exporters go by it.
/// </remarks>
internal sealed class SpanListener : IDisposable
{
    private const string Part = "traces";

    private readonly ObservabilityCore _core;
    private readonly RunningSpans _running;
    private readonly Action<SpanSnapshot> _take;
    private readonly ActivityListener _listener;
    private readonly Func<Activity, bool> _isKept;

    public SpanListener(ObservabilityCore core, RunningSpans running, Action<SpanSnapshot> take)
    {
        _core = core;
        _running = running;
        _take = take;
        _isKept = IsKept;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == core.SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = span => Run(span, static (listener, span) =>
            {
                if (span.IsAllDataRequested)
                {
                    listener._running.Add(span, SpanPlace.Of(span, listener._isKept));
                }
            }),
            ActivityStopped = span => Run(span, static (listener, span) =>
            {
                // Also one that was muted after its start: it is not kept, and runs no longer.
                listener._running.Remove(span.SpanId);
                if (span.IsAllDataRequested)
                {
                    listener._take(listener.Copy(span));
                }
            }),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    public SpanSnapshot Copy(Activity span) => new(span, span.Source.Name, SpanPlace.Of(span, _isKept));

    private void Run(Activity span, Action<SpanListener, Activity> work) =>
        _core.Faults.Run(Part, (Listener: this, span, work), static state => state.work(state.Listener, state.span));

    private bool IsKept(Activity span) => span.IsAllDataRequested
        && (span.Source.Name == _core.SourceName
            || (_core.KeptSpans.Hears?.Invoke(span.Source) == true && span.GetTagItem(Conventions.GenAiAttributes.OperationName) is not null));
}

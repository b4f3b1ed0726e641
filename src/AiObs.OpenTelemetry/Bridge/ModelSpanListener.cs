using System.Diagnostics;

namespace AiObs.OpenTelemetry.Bridge;

/// <summary>Hears of the model spans of other libraries when they stop, before any exporter of the provider does, and demotes duplicates.</summary>
internal sealed class ModelSpanListener : IDisposable
{
    private readonly OwnModelCall _ownModelCall;
    private readonly ActivityListener _listener;

    public ModelSpanListener(SpanOrigins origins)
    {
        _ownModelCall = new OwnModelCall(origins);

        // Without a Sample callback a listener never causes an activity: it hears of those that somebody else wants.
        _listener = new ActivityListener { ShouldListenTo = origins.IsForeignModelSource, ActivityStopped = Stopped };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    private void Stopped(Activity span)
    {
        if (span.IsAllDataRequested && ModelSpans.IsModelCall(span) && _ownModelCall.Encloses(span))
        {
            Demotion.Apply(span);
        }
    }
}

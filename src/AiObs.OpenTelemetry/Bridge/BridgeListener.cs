using System.Diagnostics;
using AiObs.OpenTelemetry.Bridge.Content.Guarding;
using AiObs.OpenTelemetry.Bridge.Sources;

namespace AiObs.OpenTelemetry.Bridge;

/// <summary>Hears of the spans of other libraries, and of ours, when they stop and before any exporter of the provider does.</summary>
internal sealed class BridgeListener : IDisposable
{
    private readonly SpanOrigins _origins;
    private readonly BridgeRoot _root;
    private readonly SpanBridge _bridge;
    private readonly Func<ActivitySource, bool> _hears;
    private readonly ActivityListener _listener;
    private int _isIntroduced;

    public BridgeListener(SpanOrigins origins, BridgeRoot root, AgentTracingOptions options)
    {
        _origins = origins;
        _root = root;
        _hears = source => origins.Of(source) is not null;
        _bridge = new SpanBridge(origins, root, options);

        // Without a Sample callback a listener never causes an activity: it hears of those that somebody else wants.
        _listener = new ActivityListener { ShouldListenTo = origins.Hears, ActivityStarted = Started, ActivityStopped = Stopped };
        ActivitySource.AddActivityListener(_listener);
        BridgedRoots.Add(origins);
    }

    public void Dispose()
    {
        BridgedRoots.Remove(_origins);
        _listener.Dispose();
        _root.Dispose();
    }

    private void Started(Activity span)
    {
        if (Volatile.Read(ref _isIntroduced) == 0 && _origins.IsOwn(span.Source))
        {
            Introduce();
        }

        if (span.IsAllDataRequested && (!_origins.IsOwn(span.Source) || LoopSpans.MayBeOne(span)))
        {
            SpanSurroundings.Remember(span);
        }
    }

    /// <summary>Tells what keeps the spans of the root which others it gets. The root is there, as this is a span of it, and may be on its way to be found already.</summary>
    private void Introduce()
    {
        if (Interlocked.Exchange(ref _isIntroduced, 1) == 0 && _root.Observability is { } observability)
        {
            observability.Core.KeptSpans.Hears = _hears;
        }
    }

    private void Stopped(Activity span)
    {
        if (!span.IsAllDataRequested || _origins.Of(span.Source) is not { } origin)
        {
            return;
        }

        if (ReferenceEquals(origin, LibrarySource.Own))
        {
            ToolStatus.Mend(span);
        }

        if (_root.Observability is { Enabled: true } observability)
        {
            Introduce();
            observability.Pipeline.Faults.Run(
                ForeignContentGuard.Part, (_bridge, span, origin), static state => state._bridge.End(state.span, state.origin));
        }
    }
}

using System.Diagnostics;
using OpenTelemetry;

namespace AiObs.OpenTelemetry.Sampling;

/// <summary>Keeps finished spans back until their trace is decided, and hands them on or counts them.</summary>
/// <remarks>A composite, because that alone tells the processor inside of it which provider, and so which resource, it belongs to.</remarks>
internal sealed class SamplingProcessor : CompositeProcessor<Activity>
{
    private const int ShutdownMilliseconds = 5_000;
    private static readonly TimeSpan LongestSweep = TimeSpan.FromSeconds(1);

    private readonly InterestPolicy _policy;
    private readonly TraceBuffer _buffer;
    private readonly SamplingMetrics _metrics;
    private readonly KeptSpans _kept;
    private readonly ITimer _timer;
    private readonly TimeSpan _sweep;
    private readonly Passage _passage = new();
    private int _isTimerSet;

    public SamplingProcessor(BaseProcessor<Activity> processor, KeepInterestingOptions options, TimeProvider clock, string meterName)
        : base([processor])
    {
        _policy = new InterestPolicy(options);
        _buffer = new TraceBuffer(options, _policy, clock);
        _metrics = new SamplingMetrics(meterName);
        _kept = new KeptSpans(options.Ratio);
        _sweep = options.MaxWait < LongestSweep ? options.MaxWait : LongestSweep;
        _timer = clock.CreateTimer(
            static processor => ((SamplingProcessor)processor!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public override void OnStart(Activity data)
    {
        base.OnStart(data);
        if (data is not { Recorded: true, Parent: null })
        {
            return;
        }

        var side = _passage.Enter();
        try
        {
            var decided = default(DecidedTraces);
            _buffer.Open(data, ref decided);
            HandOn(decided);
        }
        finally
        {
            _passage.Leave(side);
        }

        SetTimer();
    }

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        if (!data.Recorded)
        {
            base.OnEnd(data);
            return;
        }

        var facts = _policy.Read(data);
        var side = _passage.Enter();
        try
        {
            var decided = default(DecidedTraces);
            var fate = _buffer.Add(data, facts, out var reason, ref decided);
            HandOn(decided);
            Settle(data, fate, reason);
        }
        finally
        {
            _passage.Leave(side);
        }
    }

    /// <inheritdoc/>
    protected override bool OnForceFlush(int timeoutMilliseconds)
    {
        var decided = default(DecidedTraces);
        _buffer.DecideAll(ref decided);
        HandOn(decided);
        return _passage.WaitForThoseInside(timeoutMilliseconds) & base.OnForceFlush(timeoutMilliseconds);
    }

    /// <inheritdoc/>
    protected override bool OnShutdown(int timeoutMilliseconds)
    {
        _timer.Dispose();
        var decided = default(DecidedTraces);
        _buffer.Close(ref decided);
        HandOn(decided);
        return _passage.WaitForThoseInside(timeoutMilliseconds) & base.OnShutdown(timeoutMilliseconds);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Does nothing where the provider has done it.
            Shutdown(ShutdownMilliseconds);
            _timer.Dispose();
            _metrics.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Settle(Activity span, SpanFate fate, KeepReason reason)
    {
        switch (fate)
        {
            case SpanFate.Waits:
                SetTimer();
                break;
            case SpanFate.TooLate:
                _metrics.CameAfterShutdown();
                break;
            case SpanFate.Follows when reason == KeepReason.None:
                _metrics.NotChosen(1);
                break;
            default:
                HandOn(span, reason);
                break;
        }
    }

    private void HandOn(DecidedTraces decided)
    {
        foreach (var trace in decided.All)
        {
            if (trace.Early is { } early)
            {
                _metrics.DecidedEarly(early);
            }

            if (trace.Reason == KeepReason.None)
            {
                _metrics.NotChosen(trace.Spans.Count);
                continue;
            }

            foreach (var span in trace.Spans)
            {
                HandOn(span, trace.Reason);
            }
        }
    }

    private void HandOn(Activity span, KeepReason reason)
    {
        try
        {
            _kept.Mark(span, reason);
            base.OnEnd(span);
        }
#pragma warning disable CA1031 // Observing never breaks the observed: on the timer's thread it would end the process.
        catch (Exception)
#pragma warning restore CA1031
        {
            _metrics.Failed();
        }
    }

    private void SetTimer()
    {
        if (Volatile.Read(ref _isTimerSet) == 0 && Interlocked.Exchange(ref _isTimerSet, 1) == 0)
        {
            _timer.Change(_sweep, Timeout.InfiniteTimeSpan);
        }
    }

    private void Sweep()
    {
        var side = _passage.Enter();
        try
        {
            var decided = default(DecidedTraces);
            _buffer.Sweep(ref decided);
            HandOn(decided);
        }
        finally
        {
            _passage.Leave(side);
        }

        Volatile.Write(ref _isTimerSet, 0);
        if (!_buffer.IsEmpty)
        {
            SetTimer();
        }
    }
}

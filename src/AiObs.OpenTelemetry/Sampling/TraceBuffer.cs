using System.Diagnostics;

namespace AiObs.OpenTelemetry.Sampling;

/// <summary>Holds finished spans until their trace is decided. Safe for threads; whoever gets spans back hands them on without its lock.</summary>
internal sealed class TraceBuffer(KeepInterestingOptions options, InterestPolicy policy, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ActivityTraceId, WaitingTrace> _waiting = [];
    private readonly LinkedList<WaitingTrace> _oldestFirst = [];
    private readonly RememberedDecisions _remembered = new(options.RememberedTraces);
    private readonly TimeSpan _maxWait = options.MaxWait;
    private readonly int _maxTraces = options.MaxTraces;
    private readonly int _maxSpansPerTrace = options.MaxSpansPerTrace;
    private readonly int _maxSpans = options.MaxSpans;
    private int _spanCount;
    private bool _isClosed;

    /// <summary>Gets a value indicating whether any trace waits.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count == 0;
            }
        }
    }

    /// <summary>Notes that a root has started, so that its trace is not decided before it ends.</summary>
    public void Open(Activity root, ref DecidedTraces decided)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return;
            }

            if (!_waiting.TryGetValue(root.TraceId, out var trace))
            {
                if (_remembered.TryGet(root.TraceId, out var decision) && (decision.IsKept || decision.IsEarly))
                {
                    return;
                }

                trace = Begin(root.TraceId);
            }

            trace.Open(root);
            DecideOldestIfFull(ref decided);
        }
    }

    /// <summary>Takes in a finished span.</summary>
    /// <param name="span">The span.</param>
    /// <param name="facts">What it says.</param>
    /// <param name="reason">Why it is kept, where it follows an earlier decision.</param>
    /// <param name="decided">Gets the traces that were decided because of it.</param>
    public SpanFate Add(Activity span, in SpanFacts facts, out KeepReason reason, ref DecidedTraces decided)
    {
        var root = RootOf(span);
        reason = KeepReason.None;
        lock (_lock)
        {
            if (_isClosed)
            {
                return SpanFate.TooLate;
            }

            if (!_waiting.TryGetValue(span.TraceId, out var trace))
            {
                if (Follow(span, root, facts) is { } decision)
                {
                    reason = decision.Reason;
                    return SpanFate.Follows;
                }

                trace = Begin(span.TraceId);
            }

            Add(trace, span, root, facts, ref decided);
            DecideOldestIfFull(ref decided);
            return SpanFate.Waits;
        }
    }

    /// <summary>Decides the traces that have waited for too long, and those whose root nobody reports.</summary>
    public void Sweep(ref DecidedTraces decided)
    {
        lock (_lock)
        {
            for (var (place, next) = (_oldestFirst.First, _oldestFirst.First?.Next); place is not null; (place, next) = (next, next?.Next))
            {
                var trace = place.Value;
                if (trace.IsAbandoned)
                {
                    Forget(trace);
                }
                else if (clock.GetElapsedTime(trace.Since) >= _maxWait)
                {
                    Decide(trace, EarlyReason.MaxWait, ref decided);
                }
                else if (trace.IsRunning)
                {
                    trace.WasQuiet = false;
                }
                else if (trace.WasQuiet)
                {
                    Decide(trace, null, ref decided);
                }
                else
                {
                    // A root that has just stopped may be on its way: the next look decides.
                    trace.WasQuiet = true;
                }
            }
        }
    }

    /// <summary>Decides every trace of which a span waits.</summary>
    public void DecideAll(ref DecidedTraces decided)
    {
        lock (_lock)
        {
            foreach (var trace in _oldestFirst.Where(static trace => trace.Spans.Count > 0).ToList())
            {
                Decide(trace, trace.IsRunning ? EarlyReason.Flush : null, ref decided);
            }
        }
    }

    /// <summary>Decides everything and takes in nothing more.</summary>
    public void Close(ref DecidedTraces decided)
    {
        lock (_lock)
        {
            _isClosed = true;
            DecideAll(ref decided);
        }
    }

    /// <summary>Walks up to the span at the top in this process, which need not be one that anybody exports.</summary>
    private static Activity RootOf(Activity span)
    {
        while (span.Parent is { } parent)
        {
            span = parent;
        }

        return span;
    }

    private TraceDecision? Follow(Activity span, Activity root, in SpanFacts facts)
    {
        if (!_remembered.TryGet(span.TraceId, out var decision))
        {
            return null;
        }

        if (decision is { IsKept: false, IsEarly: true } && policy.JudgeInterest(facts, TimeSpan.Zero) is var reason and not KeepReason.None)
        {
            // Left out when only a part of it was known: from here on it is known to be interesting.
            decision = decision with { Reason = reason };
            _remembered.Set(span.TraceId, decision);
        }

        // Another root that runs is another piece of work in the same trace, and may yet turn out to be interesting.
        var isNewWork = root == span || !root.IsStopped;
        return decision.IsKept || decision.IsEarly || !isNewWork ? decision : null;
    }

    private WaitingTrace Begin(ActivityTraceId id)
    {
        var trace = new WaitingTrace(id, clock.GetTimestamp());
        _waiting.Add(id, trace);
        _oldestFirst.AddLast(trace.Place);
        return trace;
    }

    private void Add(WaitingTrace trace, Activity span, Activity root, in SpanFacts facts, ref DecidedTraces decided)
    {
        trace.Add(span, facts);
        _spanCount++;
        if (root == span)
        {
            trace.Close(root);
        }
        else if (!root.IsStopped)
        {
            trace.Open(root);
        }

        if (root == span && !trace.HasRoots)
        {
            Decide(trace, null, ref decided);
        }
        else if (trace.Spans.Count >= _maxSpansPerTrace)
        {
            Decide(trace, EarlyReason.MaxSpansPerTrace, ref decided);
        }
    }

    private void DecideOldestIfFull(ref DecidedTraces decided)
    {
        while (_waiting.Count > _maxTraces)
        {
            var oldest = _oldestFirst.First!.Value;
            if (oldest.IsAbandoned)
            {
                Forget(oldest);
            }
            else
            {
                Decide(oldest, EarlyReason.MaxTraces, ref decided);
            }
        }

        while (_spanCount > _maxSpans)
        {
            Decide(_oldestFirst.First(static trace => trace.Spans.Count > 0), EarlyReason.MaxSpans, ref decided);
        }
    }

    /// <summary>Drops a trace that holds nothing; should its root be on its way all the same, it begins anew.</summary>
    private void Forget(WaitingTrace trace)
    {
        _waiting.Remove(trace.Id);
        _oldestFirst.Remove(trace.Place);
    }

    private void Decide(WaitingTrace trace, EarlyReason? early, ref DecidedTraces decided)
    {
        var reason = policy.Judge(trace.Id, trace.Facts, early is null ? TimeSpan.Zero : clock.GetElapsedTime(trace.Since));
        _waiting.Remove(trace.Id);
        _oldestFirst.Remove(trace.Place);
        _spanCount -= trace.Spans.Count;
        _remembered.Set(trace.Id, new TraceDecision(reason, early is not null));
        decided.Add(new DecidedTrace(trace.Spans, reason, early));
    }
}

using AiObs.Operations;
using AiObs.Otlp.Spans;

namespace AiObs.Otlp.Receiving;

/// <summary>Remembers the latest spans, so that one that is sent again is not taken twice and a call that several of them stand for is counted once.</summary>
/// <remarks>
/// Spans come when they end, so those inside mostly before those around them, and often in another request. The innermost model span counts a call;
/// agents, tools and steps bound it.
/// </remarks>
internal sealed class SeenSpans
{
    /// <summary>How many are remembered at least, and half of what there is at most.</summary>
    public const int Capacity = 16_384;

    /// <summary>Nothing that is sane nests deeper, and what claims to be its own ancestor must not be followed forever.</summary>
    private const int MaxDepth = 256;

    private readonly Lock _lock = new();
    private readonly BoundedCache<SpanKey, SeenSpan> _spans = new(Capacity);

    /// <summary>Notes a span; <see langword="false"/> when it has come before.</summary>
    public bool Add(ReceivedSpan span, bool isBoundary)
    {
        lock (_lock)
        {
            var seen = FindOrAdd(span.Key);
            if (seen.HasCome)
            {
                return false;
            }

            (seen.HasCome, seen.Parent, seen.IsBoundary) = (true, span.Parent, isBoundary);
            if (seen.HoldsCall && !isBoundary)
            {
                MarkAround(seen);
            }

            if (seen.Steps is { } steps && !isBoundary)
            {
                seen.Steps = null;
                Pass(steps, seen);
            }

            return true;
        }
    }

    /// <summary>Tells whether a span has come.</summary>
    public bool Has(SpanKey key)
    {
        lock (_lock)
        {
            return _spans.Find(key) is { HasCome: true };
        }
    }

    /// <summary>Tells where the call of a model span that has come is counted, and counts it there unless another span does.</summary>
    public CallPlace Count(SpanKey key)
    {
        lock (_lock)
        {
            var span = FindOrAdd(key);
            if (span.HoldsCall)
            {
                return CallPlace.Inside;
            }

            var around = span;
            for (var depth = 0; depth < MaxDepth && around.Parent is { } parent && _spans.Find(parent) is { HasCome: true, IsBoundary: false } next; depth++)
            {
                if (next.IsCounted)
                {
                    return CallPlace.Around;
                }

                around = next;
            }

            span.IsCounted = true;
            MarkAround(span);
            return CallPlace.Here;
        }
    }

    /// <summary>Counts a call of a tool, or without a name of a model, on what it is a direct step of.</summary>
    public void CountStep(SpanKey key, string? tool)
    {
        lock (_lock)
        {
            var steps = new StepCounts();
            steps.Add(tool);
            Pass(steps, FindOrAdd(key));
        }
    }

    /// <summary>Counts on an agent what ran directly inside of it.</summary>
    public void CountSteps(SpanKey key, AgentRunOperation agent)
    {
        lock (_lock)
        {
            _spans.Find(key)?.Steps?.CountOn(agent);
        }
    }

    /// <summary>Passes steps to what bounds them, or to the first span around that has not come and may be that.</summary>
    private void Pass(StepCounts steps, SeenSpan span)
    {
        for (var depth = 0; depth < MaxDepth && span.Parent is { } parent; depth++)
        {
            span = FindOrAdd(parent);
            if (!span.HasCome || span.IsBoundary)
            {
                (span.Steps ??= new()).Add(steps);
                return;
            }
        }
    }

    private void MarkAround(SeenSpan span)
    {
        for (var depth = 0; depth < MaxDepth && span.Parent is { } parent; depth++)
        {
            span = FindOrAdd(parent);
            if (span.HoldsCall || span.IsBoundary)
            {
                return;
            }

            span.HoldsCall = true;
        }
    }

    private SeenSpan FindOrAdd(SpanKey key)
    {
        if (_spans.Find(key) is { } seen)
        {
            return seen;
        }

        seen = new();
        _spans.Add(key, seen);
        return seen;
    }
}

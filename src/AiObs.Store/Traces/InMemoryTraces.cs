namespace AiObs.Store.Traces;

/// <summary>The traces of a store in memory, and how much of them there is. Not thread-safe.</summary>
internal sealed class InMemoryTraces(TraceOptions options)
{
    private readonly Dictionary<string, InMemoryTrace> _traces = new(StringComparer.Ordinal);
    private readonly TracesBySource _bySource = new();
    private readonly int _maxTraces = options.MaxTraces;
    private readonly int _maxSpans = options.MaxSpans;
    private readonly long _maxBytes = options.MaxContentBytes;
    private long _spanCount;
    private long _bytes;

    public long DroppedTraceCount { get; private set; }

    public long DroppedSpanCount { get; private set; }

    public IReadOnlyCollection<InMemoryTrace> All => _traces.Values;

    public InMemoryTrace? Find(string traceId) => _traces.GetValueOrDefault(traceId);

    public bool Has(SpanRecord span) => Find(span.TraceId)?.Has(span.SpanId) == true;

    /// <summary>Adds a span that is not there.</summary>
    /// <returns>Its trace; <see langword="null"/> where there is no room for it.</returns>
    public InMemoryTrace? Add(SpanRecord span)
    {
        span = Fit(span);
        var trace = Find(span.TraceId);
        while (!HasRoom(trace, span))
        {
            if (FindVictim(trace, span) is not { } victim)
            {
                DroppedSpanCount++;
                return null;
            }

            DroppedTraceCount++;
            DroppedSpanCount += victim.Spans.Count;
            Remove(victim);
        }

        if (trace is null)
        {
            _traces[span.TraceId] = trace = new(span.TraceId);
        }
        else
        {
            _bySource.Remove(trace.Summary);
        }

        trace.Add(span);
        _bySource.Add(trace.Summary);
        _spanCount++;
        _bytes += InMemoryTrace.SizeOf(span);
        return trace;
    }

    public int RemoveContent(InMemoryTrace trace, DateTimeOffset? oldest = null)
    {
        _bytes -= trace.Size;
        var count = trace.RemoveContent(oldest);
        _bytes += trace.Size;
        return count;
    }

    /// <summary>Drops what is too old, or too much.</summary>
    /// <returns>How many spans were dropped.</returns>
    public long Apply(TraceRetention retention, DateTimeOffset now)
    {
        var before = _spanCount;
        if (TraceRetention.OldestTicks(retention.MaxAge, now) is { } oldest)
        {
            foreach (var trace in _traces.Values.Where(trace => trace.Summary.EndTime.UtcTicks < oldest).ToArray())
            {
                Remove(trace);
            }
        }

        foreach (var trace in _traces.Values.OrderByDescending(Place).TakeWhile(_ => _spanCount > retention.MaxSpans))
        {
            Remove(trace);
        }

        if (TraceRetention.OldestTicks(retention.MaxContentAge, now) is { } oldestContent)
        {
            foreach (var trace in _traces.Values)
            {
                RemoveContent(trace, new DateTimeOffset(oldestContent, TimeSpan.Zero));
            }
        }

        return before - _spanCount;
    }

    private bool HasRoom(InMemoryTrace? trace, SpanRecord span) =>
        (trace is not null || _traces.Count < _maxTraces)
        && _spanCount < _maxSpans
        && _bytes + InMemoryTrace.SizeOf(span) <= _maxBytes;

    /// <summary>Finds the oldest trace of the source with the most spans; <see langword="null"/> when the span's own trace is that one.</summary>
    private InMemoryTrace? FindVictim(InMemoryTrace? trace, SpanRecord span)
    {
        if (_bySource.FindLargest() is not var (source, oldest) || _traces[oldest.TraceId] is not { } victim || victim == trace)
        {
            return null;
        }

        var isOlder = trace is null && span.Source == source && new TracePosition(span.Time.UtcTicks, span.TraceId).CompareTo(oldest) > 0;
        return isOlder ? null : victim;
    }

    /// <summary>Takes away what no room would do for, so that nobody has to go for it: first the content, then the attributes.</summary>
    private SpanRecord Fit(SpanRecord span)
    {
        if (InMemoryTrace.SizeOf(span) > _maxBytes)
        {
            span = span with { Content = null };
        }

        return InMemoryTrace.SizeOf(span) > _maxBytes ? span with { Attributes = InMemoryTrace.NoAttributes, Events = null } : span;
    }

    private void Remove(InMemoryTrace trace)
    {
        _traces.Remove(trace.Summary.TraceId);
        _bySource.Remove(trace.Summary);
        _spanCount -= trace.Spans.Count;
        _bytes -= trace.Size;
    }

    private static TracePosition Place(InMemoryTrace trace) => TracePosition.Of(trace.Summary, TraceOrder.Newest);
}

namespace AiObs.Store.Traces;

/// <summary>Traces by their source, so that the oldest of the source with the most spans is found without a look at all of them.</summary>
internal sealed class TracesBySource
{
    private readonly Dictionary<string, (SortedSet<TracePosition> Places, long SpanCount)> _sources = new(StringComparer.Ordinal);
    private readonly SortedSet<(long SpanCount, string Source)> _bySize = new(Comparer<(long SpanCount, string Source)>.Create(static (left, right) =>
        left.SpanCount != right.SpanCount ? left.SpanCount.CompareTo(right.SpanCount) : string.CompareOrdinal(left.Source, right.Source)));

    /// <summary>Finds the source with the most spans, and where its oldest trace stands; <see langword="null"/> where there are none.</summary>
    public (string Source, TracePosition Oldest)? FindLargest() =>
        _bySize.Count == 0 ? null : (_bySize.Max.Source, _sources[_bySize.Max.Source].Places.Max);

    /// <summary>Adds a trace as it is now.</summary>
    public void Add(TraceSummary trace)
    {
        var (places, count) = _sources.GetValueOrDefault(trace.Source);
        places ??= [];
        places.Add(PlaceOf(trace));
        Resize(trace.Source, places, count, count + trace.SpanCount);
    }

    /// <summary>Takes a trace out that is as it was when it was added.</summary>
    public void Remove(TraceSummary trace)
    {
        var (places, count) = _sources[trace.Source];
        places.Remove(PlaceOf(trace));
        Resize(trace.Source, places, count, count - trace.SpanCount);
    }

    private static TracePosition PlaceOf(TraceSummary trace) => TracePosition.Of(trace, TraceOrder.Newest);

    private void Resize(string source, SortedSet<TracePosition> places, long before, long now)
    {
        _bySize.Remove((before, source));
        if (places.Count == 0)
        {
            _sources.Remove(source);
            return;
        }

        _sources[source] = (places, now);
        _bySize.Add((now, source));
    }
}

namespace AiObs.Store.Traces;

/// <summary>One trace in memory: its spans, and what they add up to as they arrive.</summary>
internal sealed class InMemoryTrace(string traceId)
{
    private readonly Dictionary<string, SpanRecord> _spans = new(StringComparer.Ordinal);
    private readonly HashSet<(TraceFacet, string)> _facets = [];
    private readonly GrowingTrace _sum = new(traceId);

    /// <summary>Gets the trace as it is now; not to be read before the first span.</summary>
    public TraceSummary Summary => _sum.Summary;

    public IReadOnlyCollection<SpanRecord> Spans => _spans.Values;

    public IReadOnlyCollection<(TraceFacet Facet, string Value)> Facets => _facets;

    /// <summary>Gets the bytes of its content.</summary>
    public long ContentSize { get; private set; }

    public static long SizeOf(SpanRecord span) => sizeof(char) * (long)(span.Content?.Attributes.Length ?? 0);

    public bool Has(string spanId) => _spans.ContainsKey(spanId);

    public SpanRecord? Find(string spanId) => _spans.GetValueOrDefault(spanId);

    public bool Matches(TraceFilter filter) =>
        filter.Matches(Summary)
        && filter.Facets.All(_facets.Contains)
        && (filter.Text is not { } text || _spans.Values.Any(span => TextSearch.Contains(span.Name, text) || TextSearch.Contains(span.Attributes, text)));

    public void Add(SpanRecord span)
    {
        _spans.Add(span.SpanId, span);
        _facets.UnionWith(SpanFacets.Of(span));
        ContentSize += SizeOf(span);
        _sum.Add(span);
    }

    /// <summary>Takes the content of spans away.</summary>
    /// <param name="oldest">The time before which a span has to have started; all when <see langword="null"/>.</param>
    /// <returns>How many had any.</returns>
    public int RemoveContent(DateTimeOffset? oldest = null)
    {
        var old = _spans.Values.Where(span => span.Content is not null && (oldest is null || span.Time < oldest)).ToArray();
        foreach (var span in old)
        {
            ContentSize -= SizeOf(span);
            _spans[span.SpanId] = span with { Content = null };
        }

        return old.Length;
    }
}

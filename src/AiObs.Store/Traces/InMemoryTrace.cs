namespace AiObs.Store.Traces;

/// <summary>One trace in memory: its spans, and what they add up to as they arrive.</summary>
internal sealed class InMemoryTrace(string traceId)
{
    /// <summary>The attributes of a span that has none: a text that all of them share.</summary>
    public const string NoAttributes = "{}";

    private readonly Dictionary<string, SpanRecord> _spans = new(StringComparer.Ordinal);
    private readonly GrowingTrace _sum = new(traceId);

    /// <summary>Gets the trace as it is now; not to be read before the first span.</summary>
    public TraceSummary Summary => _sum.Summary;

    public IReadOnlyCollection<SpanRecord> Spans => _spans.Values;

    public IReadOnlyCollection<(TraceFacet Facet, string Value)> Facets => _sum.Facets;

    /// <summary>Gets the bytes of the content, the attributes and the events of its spans.</summary>
    public long Size { get; private set; }

    public static long SizeOf(SpanRecord span) => sizeof(char) * (
        (span.Content?.Attributes.Length ?? 0L)
        + (span.Attributes == NoAttributes ? 0 : span.Attributes.Length)
        + (span.Events?.Length ?? 0));

    public bool Has(string spanId) => _spans.ContainsKey(spanId);

    public SpanRecord? Find(string spanId) => _spans.GetValueOrDefault(spanId);

    public bool Matches(TraceFilter filter) =>
        filter.Matches(Summary)
        && filter.Facets.All(_sum.Facets.Contains)
        && (filter.Text is not { } text || _spans.Values.Any(span => TextSearch.Contains(span.Name, text) || TextSearch.Contains(span.Attributes, text)));

    public void Add(SpanRecord span)
    {
        _spans.Add(span.SpanId, span);
        Size += SizeOf(span);
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
            Size -= SizeOf(span);
            _spans[span.SpanId] = span with { Content = null };
            Size += SizeOf(_spans[span.SpanId]);
        }

        return old.Length;
    }
}

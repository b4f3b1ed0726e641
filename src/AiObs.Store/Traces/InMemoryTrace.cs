using AiObs.Operations;

namespace AiObs.Store.Traces;

/// <summary>One trace in memory: its spans, and what they add up to as they arrive.</summary>
internal sealed class InMemoryTrace(string traceId)
{
    private readonly Dictionary<string, SpanRecord> _spans = new(StringComparer.Ordinal);
    private readonly HashSet<(TraceFacet, string)> _facets = [];
    private Rank _top = Rank.Last;
    private Rank _conversation = Rank.Last;
    private Rank _user = Rank.Last;
    private Rank _session = Rank.Last;

    /// <summary>Gets the trace as it is now; not to be read before the first span.</summary>
    public TraceSummary Summary { get; private set; } =
        new() { TraceId = traceId, Time = DateTimeOffset.MaxValue, EndTime = DateTimeOffset.MinValue, Name = "", Source = "" };

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
        Count(span);
        var rank = new Rank(IsBelow: false, span.Time.UtcTicks, span.SpanId);
        if (Precedes(rank with { IsBelow = !span.IsRoot }, ref _top))
        {
            Summary = Summary with { Name = span.Name, Source = span.Source, Kind = span.Kind };
        }

        if (span.ConversationId is not null && Precedes(rank, ref _conversation))
        {
            Summary = Summary with { ConversationId = span.ConversationId };
        }

        if (span.UserId is not null && Precedes(rank, ref _user))
        {
            Summary = Summary with { UserId = span.UserId };
        }

        if (span.SessionId is not null && Precedes(rank, ref _session))
        {
            Summary = Summary with { SessionId = span.SessionId };
        }
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

    private void Count(SpanRecord span)
    {
        var isCall = span.Kind is OperationKind.Chat or OperationKind.Embeddings;
        Summary = Summary with
        {
            Time = span.Time < Summary.Time ? span.Time : Summary.Time,
            EndTime = span.EndTime > Summary.EndTime ? span.EndTime : Summary.EndTime,
            Status = StatusWith(span),
            SpanCount = Summary.SpanCount + 1,
            CallCount = Summary.CallCount + (isCall ? 1 : 0),
            ToolCount = Summary.ToolCount + (span.Kind == OperationKind.Tool ? 1 : 0),
            ErrorCount = Summary.ErrorCount + (span.IsError ? 1 : 0),
            InputTokens = isCall ? Tokens.Add(Summary.InputTokens, span.InputTokens) : Summary.InputTokens,
            OutputTokens = isCall ? Tokens.Add(Summary.OutputTokens, span.OutputTokens) : Summary.OutputTokens,
        };
    }

    private TraceStatus StatusWith(SpanRecord span) => (span.IsRoot, span.IsError, Summary.Status) switch
    {
        (false, _, var status) => status,
        (true, true, _) or (_, _, TraceStatus.Error) => TraceStatus.Error,
        _ => TraceStatus.Ok,
    };

    private static bool Precedes(Rank rank, ref Rank first)
    {
        if (rank.CompareTo(first) >= 0)
        {
            return false;
        }

        first = rank;
        return true;
    }

    /// <summary>Which of its spans says something of a trace: the first in this order.</summary>
    private readonly record struct Rank(bool IsBelow, long Ticks, string SpanId) : IComparable<Rank>
    {
        public static Rank Last { get; } = new(IsBelow: true, long.MaxValue, "~");

        public int CompareTo(Rank other) =>
            IsBelow != other.IsBelow ? IsBelow.CompareTo(other.IsBelow)
            : Ticks != other.Ticks ? Ticks.CompareTo(other.Ticks)
            : string.CompareOrdinal(SpanId, other.SpanId);
    }
}

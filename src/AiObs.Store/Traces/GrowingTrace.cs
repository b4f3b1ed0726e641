using AiObs.Operations;

namespace AiObs.Store.Traces;

/// <summary>What the spans of a trace add up to, in whatever order they arrive, and which of them gave it its name and ids so far.</summary>
internal sealed class GrowingTrace(TraceSummary summary)
{
    private SpanRank _top = SpanRank.Last;
    private SpanRank _conversation = SpanRank.Last;
    private SpanRank _user = SpanRank.Last;
    private SpanRank _session = SpanRank.Last;

    /// <summary>Starts a trace without spans.</summary>
    public GrowingTrace(string traceId)
        : this(new TraceSummary { TraceId = traceId, Time = DateTimeOffset.MaxValue, EndTime = DateTimeOffset.MinValue, Name = "", Source = "" })
    {
    }

    public TraceSummary Summary { get; private set; } = summary;

    /// <summary>Gets what it is found by.</summary>
    public HashSet<(TraceFacet Facet, string Value)> Facets { get; init; } = [];

    /// <summary>Gets or sets the span at the top.</summary>
    public SpanRank Top
    {
        get => _top;
        init => _top = value;
    }

    /// <summary>Gets or sets the first span with a conversation.</summary>
    public SpanRank Conversation
    {
        get => _conversation;
        init => _conversation = value;
    }

    /// <summary>Gets or sets the first span with a user.</summary>
    public SpanRank User
    {
        get => _user;
        init => _user = value;
    }

    /// <summary>Gets or sets the first span with a session.</summary>
    public SpanRank Session
    {
        get => _session;
        init => _session = value;
    }

    /// <summary>Adds a span that the trace does not have.</summary>
    public void Add(SpanRecord span)
    {
        Count(span);
        Facets.UnionWith(SpanFacets.Of(span));
        var rank = SpanRank.Of(span);
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

    private static bool Precedes(SpanRank rank, ref SpanRank first)
    {
        if (rank.CompareTo(first) >= 0)
        {
            return false;
        }

        first = rank;
        return true;
    }
}

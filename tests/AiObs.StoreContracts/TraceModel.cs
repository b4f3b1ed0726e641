using AiObs.Operations;
using AiObs.Store;

namespace AiObs.StoreContracts;

/// <summary>Answers as a trace store does, in the simplest way: from a list of spans, each time anew.</summary>
public sealed class TraceModel(IEnumerable<SpanRecord> arrived)
{
    private readonly IReadOnlyList<SpanRecord> _spans = [.. arrived.DistinctBy(static span => (span.TraceId, span.SpanId))];

    /// <summary>Gets the spans, each once, in their order.</summary>
    public IEnumerable<SpanRecord> Spans => _spans
        .OrderBy(static span => span.Time).ThenBy(static span => span.TraceId, StringComparer.Ordinal).ThenBy(static span => span.SpanId, StringComparer.Ordinal);

    /// <summary>Returns the traces that pass the filters, in the order of the query.</summary>
    public IReadOnlyList<TraceSummary> List(TraceQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var found = Spans.GroupBy(static span => span.TraceId, StringComparer.Ordinal)
            .Where(spans => Matches(query, [.. spans]))
            .Select(static spans => Summarize([.. spans]));
        return [.. Sort(found, query.Order)];
    }

    /// <summary>Counts traces by a value.</summary>
    public IReadOnlyList<FacetCount> CountFacet(TraceQuery query, TraceFacet facet)
    {
        var values =
            from trace in List(query)
            from value in Spans.Where(span => span.TraceId == trace.TraceId).SelectMany(span => ValuesOf(span, facet)).Distinct(StringComparer.Ordinal)
            group trace by value into traces
            let last = traces.OrderBy(static trace => trace.Time).ThenBy(static trace => trace.TraceId, StringComparer.Ordinal).Last()
            select new FacetCount(traces.Key, traces.Count(), last.Time, last.TraceId);
        return [.. values.OrderByDescending(static count => count.TraceCount).ThenBy(static count => count.Value, StringComparer.Ordinal)];
    }

    /// <summary>Adds up the traces of conversations.</summary>
    public IReadOnlyList<TracedConversation> ListConversations(TraceQuery query)
    {
        var conversations =
            from trace in List(query).OrderByDescending(static trace => trace.Time).ThenByDescending(static trace => trace.TraceId, StringComparer.Ordinal)
            where trace.ConversationId is not null
            group trace by trace.ConversationId into traces
            select new TracedConversation(
                traces.Key,
                traces.Last().Time,
                traces.First(),
                traces.Count(),
                traces.Sum(static trace => trace.CallCount),
                traces.Sum(static trace => trace.ErrorCount),
                Sum(traces.Select(static trace => trace.InputTokens)),
                Sum(traces.Select(static trace => trace.OutputTokens)));
        return [.. conversations];
    }

    private static IEnumerable<TraceSummary> Sort(IEnumerable<TraceSummary> traces, TraceOrder order) => (order switch
    {
        TraceOrder.Newest => traces.OrderByDescending(static trace => trace.Time),
        TraceOrder.Slowest => traces.OrderByDescending(static trace => trace.Duration),
        _ => traces.OrderByDescending(static trace => (trace.InputTokens ?? 0) + (trace.OutputTokens ?? 0)),
    }).ThenByDescending(static trace => trace.TraceId, StringComparer.Ordinal);

    private static bool Matches(TraceQuery query, SpanRecord[] spans)
    {
        var trace = Summarize(spans);
        return query.TraceIds?.Contains(trace.TraceId, StringComparer.Ordinal) != false
            && Has(spans, TraceFacet.Conversation, query.ConversationId)
            && Has(spans, TraceFacet.User, query.UserId)
            && Has(spans, TraceFacet.Session, query.SessionId)
            && Has(spans, TraceFacet.Model, query.Model)
            && Has(spans, TraceFacet.Provider, query.Provider)
            && Has(spans, TraceFacet.Agent, query.Agent)
            && Has(spans, TraceFacet.Tool, query.Tool)
            && Has(spans, TraceFacet.Tag, query.Tag)
            && Has(spans, TraceFacet.ErrorType, query.ErrorType)
            && Has(spans, TraceFacet.Source, query.Source)
            && (query.Text is not { } text || spans.Any(span => Contains(span.Name, text) || Contains(span.Attributes, text)))
            && (query.Kind is null || trace.Kind == query.Kind)
            && (query.Status is null || trace.Status == query.Status)
            && (query.MinDuration is null || trace.Duration >= query.MinDuration)
            && (query.After is null || trace.Time >= query.After)
            && (query.Before is null || trace.Time <= query.Before);
    }

    private static bool Has(SpanRecord[] spans, TraceFacet facet, string? wanted) =>
        wanted is null || spans.Any(span => ValuesOf(span, facet).Contains(wanted, StringComparer.Ordinal));

    private static bool Contains(string text, string part) => AsciiLower(text).Contains(AsciiLower(part), StringComparison.Ordinal);

    private static string AsciiLower(string text) =>
        string.Concat(text.Select(static character => char.IsAsciiLetterUpper(character) ? (char)(character | 0x20) : character));

    private static IEnumerable<string> ValuesOf(SpanRecord span, TraceFacet facet)
    {
        var value = facet switch
        {
            TraceFacet.Model => span.Model,
            TraceFacet.Provider => span.Provider,
            TraceFacet.Agent => span.Agent,
            TraceFacet.Tool => span.Tool,
            TraceFacet.ErrorType => span.ErrorType,
            TraceFacet.Source => span.Source,
            TraceFacet.Conversation => span.ConversationId,
            TraceFacet.User => span.UserId,
            TraceFacet.Session => span.SessionId,
            _ => null,
        };
        return facet == TraceFacet.Tag ? span.Tags : value is null ? [] : [value];
    }

    private static TraceSummary Summarize(SpanRecord[] spans)
    {
        var top = spans.OrderByDescending(static span => span.IsRoot).ThenBy(static span => span.Time).ThenBy(static span => span.SpanId, StringComparer.Ordinal).First();
        var roots = spans.Where(static span => span.IsRoot).ToArray();
        var calls = spans.Where(static span => span.Kind is OperationKind.Chat or OperationKind.Embeddings).ToArray();
        return new()
        {
            TraceId = top.TraceId,
            Time = spans.Min(static span => span.Time),
            EndTime = spans.Max(static span => span.EndTime),
            Name = top.Name,
            Source = top.Source,
            Kind = top.Kind,
            Status = roots.Length == 0 ? TraceStatus.Incomplete : roots.Any(static span => span.IsError) ? TraceStatus.Error : TraceStatus.Ok,
            SpanCount = spans.Length,
            CallCount = calls.Length,
            ToolCount = spans.Count(static span => span.Kind == OperationKind.Tool),
            ErrorCount = spans.Count(static span => span.IsError),
            InputTokens = Sum(calls.Select(static span => span.InputTokens)),
            OutputTokens = Sum(calls.Select(static span => span.OutputTokens)),
            ConversationId = FirstOf(spans, static span => span.ConversationId),
            UserId = FirstOf(spans, static span => span.UserId),
            SessionId = FirstOf(spans, static span => span.SessionId),
        };
    }

    private static string? FirstOf(SpanRecord[] spans, Func<SpanRecord, string?> value) =>
        spans.OrderBy(static span => span.Time).ThenBy(static span => span.SpanId, StringComparer.Ordinal).Select(value).FirstOrDefault(static value => value is not null);

    private static long? Sum(IEnumerable<long?> tokens) => tokens.Where(static count => count is not null).DefaultIfEmpty(null).Aggregate((sum, count) => sum + count);
}

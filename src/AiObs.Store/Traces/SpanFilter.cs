using AiObs.Operations;
using AiObs.Store.Events;

namespace AiObs.Store.Traces;

/// <summary>The filters of a query of spans in the form in which stores keep what they are compared with.</summary>
internal sealed class SpanFilter(SpanQuery query)
{
    public string? TraceId { get; } = query.TraceId;

    public string? SpanId { get; } = query.SpanId;

    public string? ConversationId { get; } = StoredText.Id(query.ConversationId);

    public OperationKind? Kind { get; } = query.Kind;

    /// <summary>Leaves out of a span what a listing did not ask for.</summary>
    public static SpanRecord Show(SpanRecord span, SpanDetail detail) => detail switch
    {
        SpanDetail.Outline => span with { Attributes = "{}", Events = null, Content = null },
        SpanDetail.Attributes => span with { Content = null },
        _ => span,
    };

    public bool Matches(SpanRecord span) =>
        (TraceId is null || span.TraceId == TraceId)
        && (SpanId is null || span.SpanId == SpanId)
        && (ConversationId is null || span.ConversationId == ConversationId)
        && (Kind is null || span.Kind == Kind);
}

using AiObs.Cost;
using AiObs.Dashboard.Mounting;
using AiObs.Operations;
using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>Traces of which no span has ended yet, so that no store has them.</summary>
internal static class RunningTraces
{
    /// <summary>Returns them, the newest first. Where something is filtered by there are none, as what they will have is not known yet.</summary>
    public static IReadOnlyList<PricedTrace> Of(PageRequest page, IReadOnlyList<PricedTrace> listed)
    {
        if (page.Filter.Chips.Any() || page.Filter.IsDearestFirst || page.Filter.Order != TraceOrder.Newest || page.Filter.To is not null)
        {
            return [];
        }

        var known = listed.Select(static row => row.Trace.TraceId).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. (page.Sources.Observability.RunningSpans?.List() ?? [])
                .GroupBy(static span => span.TraceId, StringComparer.Ordinal)
                .Where(trace => !known.Contains(trace.Key))
                .Select(static trace => new PricedTrace(SummaryOf([.. trace]), CostSum.Zero))
                .OrderByDescending(static row => row.Trace.Time),
        ];
    }

    private static TraceSummary SummaryOf(SpanRecord[] spans)
    {
        var top = spans.FirstOrDefault(static span => span.IsRoot) ?? spans[0];
        return new()
        {
            TraceId = top.TraceId,
            Time = spans.Min(static span => span.Time),
            EndTime = spans.Max(static span => span.EndTime),
            Name = top.Name,
            Source = top.Source,
            Kind = top.Kind,
            Status = TraceStatus.Incomplete,
            SpanCount = spans.Length,
            CallCount = spans.Count(static span => span.Kind == OperationKind.Chat),
            ToolCount = spans.Count(static span => span.Kind == OperationKind.Tool),
            ConversationId = top.ConversationId,
            UserId = top.UserId,
            SessionId = top.SessionId,
        };
    }
}

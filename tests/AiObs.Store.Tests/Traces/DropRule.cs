using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Traces;

/// <summary>What a store in memory drops, in the simplest way: it looks at all spans each time.</summary>
internal sealed class DropRule(TraceOptions options)
{
    private readonly List<SpanRecord> _spans = [];

    public IReadOnlyList<SpanRecord> Kept => _spans;

    public long DroppedTraceCount { get; private set; }

    public long DroppedSpanCount { get; private set; }

    public void Add(SpanRecord span)
    {
        if (_spans.Any(other => (other.TraceId, other.SpanId) == (span.TraceId, span.SpanId)))
        {
            return;
        }

        while (!HasRoom(span))
        {
            var traces = new TraceModel(_spans).List(TraceQuery.All);
            var largest = traces.GroupBy(static trace => trace.Source).OrderBy(static source => source.Sum(static trace => trace.SpanCount))
                .ThenBy(static source => source.Key, StringComparer.Ordinal).LastOrDefault();
            var victim = largest?.OrderBy(static trace => trace.Time).ThenBy(static trace => trace.TraceId, StringComparer.Ordinal).First();
            var isKnown = traces.Any(trace => trace.TraceId == span.TraceId);
            if (victim is null || victim.TraceId == span.TraceId || (!isKnown && span.Source == largest!.Key && IsOlder(span, victim)))
            {
                DroppedSpanCount++;
                return;
            }

            DroppedTraceCount++;
            DroppedSpanCount += _spans.RemoveAll(other => other.TraceId == victim.TraceId);
        }

        _spans.Add(span);
    }

    private static bool IsOlder(SpanRecord span, TraceSummary trace) =>
        span.Time < trace.Time || (span.Time == trace.Time && string.CompareOrdinal(span.TraceId, trace.TraceId) < 0);

    private static int SizeOf(SpanRecord span) => 2 * ((span.Content?.Attributes.Length ?? 0) + span.Attributes.Length + (span.Events?.Length ?? 0));

    private bool HasRoom(SpanRecord span) =>
        _spans.Count < options.MaxSpans
        && _spans.Sum(SizeOf) + SizeOf(span) <= options.MaxContentBytes
        && (_spans.Any(other => other.TraceId == span.TraceId) || _spans.DistinctBy(static other => other.TraceId).Count() < options.MaxTraces);
}

using System.Collections.Concurrent;
using AiObs.Cost;
using AiObs.Dashboard.Mounting;
using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>Reads traces for pages. The tree of a trace is kept for as long as the trace has got nothing more; what was said in it never is.</summary>
internal sealed class TraceReader
{
    private const int MostKept = 16;

    private readonly ConcurrentDictionary<string, (TraceSummary Trace, TraceTree Tree)> _kept = new(StringComparer.Ordinal);

    /// <summary>Reads the tree of a trace, with its spans that have not ended.</summary>
    public async ValueTask<TraceTree> ReadTreeAsync(PageRequest page, TraceSummary trace, CancellationToken cancellationToken)
    {
        var running = page.Sources.Observability.RunningSpans?.List().Where(span => span.TraceId == trace.TraceId).ToArray() ?? [];
        if (running.Length == 0 && _kept.TryGetValue(trace.TraceId, out var kept) && kept.Trace == trace)
        {
            return kept.Tree;
        }

        var spans = new List<SpanRecord>();
        for (string? cursor = null; ;)
        {
            var part = await page.Sources.Traces.ListSpansAsync(
                new() { TraceId = trace.TraceId, Detail = SpanDetail.Outline, PageSize = SpanQuery.MaxPageSize, Cursor = cursor },
                cancellationToken).ConfigureAwait(false);
            spans.AddRange(part.Spans);
            if ((cursor = part.NextCursor) is null)
            {
                break;
            }
        }

        var tree = TraceTree.Of([.. spans, .. running]);
        if (running.Length == 0)
        {
            if (_kept.Count >= MostKept)
            {
                _kept.Clear();
            }

            _kept[trace.TraceId] = (trace, tree);
        }

        return tree;
    }

    /// <summary>Reads what the spans of a trace cost, with their corrections, by span; empty without cost tracking.</summary>
    public static async ValueTask<IReadOnlyDictionary<string, SpanCost>> ReadCostsAsync(PageRequest page, string traceId, CancellationToken cancellationToken)
    {
        var costs = new Dictionary<string, SpanCost>(StringComparer.Ordinal);
        if (page.Sources.Costs is not { } tracking)
        {
            return costs;
        }

        for (string? cursor = null; ;)
        {
            var part = await tracking.Store.ListAsync(new() { TraceId = traceId, PageSize = CostQuery.MaxPageSize, Cursor = cursor }, cancellationToken).ConfigureAwait(false);
            foreach (var record in part.Records)
            {
                var spanId = record.SpanId ?? string.Empty;
                costs[spanId] = costs.TryGetValue(spanId, out var before) ? before.Add(record) : SpanCost.Of(record);
            }

            if ((cursor = part.NextCursor) is null)
            {
                return costs;
            }
        }
    }
}

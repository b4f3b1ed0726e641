using System.Globalization;
using AiObs.Store.Traces;

namespace AiObs.Store.Sql.Traces;

/// <summary>Adds spans, and what follows from them, in one transaction in which nobody else adds any.</summary>
internal sealed class SpanAppend(SqlDialect dialect, SqlSession write, CancellationToken cancellationToken)
{
    private const string TakePositionsSql = "UPDATE aiobs_span_positions SET last = last + @count RETURNING last";

    private const string AddedSql = "SELECT position FROM aiobs_spans WHERE position > @last";

    /// <summary>Adds those that are not there.</summary>
    /// <param name="spans">The spans, none twice.</param>
    /// <returns>How many that were.</returns>
    public async ValueTask<int> RunAsync(IReadOnlyList<SpanRecord> spans)
    {
        var added = await AddSpansAsync(spans).ConfigureAwait(false);
        if (added.Count > 0)
        {
            await AddToTracesAsync(added).ConfigureAwait(false);
            await new LatencyRows(dialect, write, cancellationToken).AddAsync(added).ConfigureAwait(false);
            await write.CommitAsync().ConfigureAwait(false);
        }

        return added.Count;
    }

    private async ValueTask<IReadOnlyList<SpanRecord>> AddSpansAsync(IReadOnlyList<SpanRecord> spans)
    {
        var taken = await write.Command(TakePositionsSql).Bind("@count", (long)spans.Count).ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        var last = Convert.ToInt64(taken, CultureInfo.InvariantCulture) - spans.Count;
        var placed = spans.Select((span, index) => (Position: last + 1 + index, Span: span)).ToList();
        var count = await dialect.InsertAsync(
            write, SpanRows.Spans, [.. placed.Select(static row => SpanRows.ValuesOf(row.Position, row.Span))], cancellationToken).ConfigureAwait(false);
        if (count < placed.Count)
        {
            var positions = await write.Command(AddedSql).Bind("@last", last).ReadAllAsync(static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
            placed.RemoveAll(row => !positions.Contains(row.Position));
        }

        await dialect.InsertAsync(
            write,
            SpanRows.Contents,
            [.. placed.Where(static row => row.Span.Content is not null).Select(static row => SpanRows.ContentOf(row.Position, row.Span))],
            cancellationToken).ConfigureAwait(false);
        return [.. placed.Select(static row => row.Span)];
    }

    private async ValueTask AddToTracesAsync(IReadOnlyList<SpanRecord> spans)
    {
        var ids = spans.Select(static span => span.TraceId).Distinct(StringComparer.Ordinal).ToList();
        var known = await write.Command(TraceRows.SelectGrowing(dialect)).Bind("@ids", dialect.Parameter(ids))
            .ReadAllAsync(TraceRows.ReadGrowing, cancellationToken).ConfigureAwait(false);
        var traces = known.ToDictionary(static trace => trace.Summary.TraceId, StringComparer.Ordinal);
        var before = known.ConvertAll(static trace => trace.Summary);
        foreach (var span in spans)
        {
            if (!traces.TryGetValue(span.TraceId, out var trace))
            {
                traces[span.TraceId] = trace = new(span.TraceId);
            }

            trace.Add(span);
        }

        await dialect.InsertAsync(write, TraceRows.Traces, [.. ids.Select(id => TraceRows.ValuesOf(traces[id]))], cancellationToken).ConfigureAwait(false);

        // The rows of facets have the time of their trace, which an earlier span moves.
        var moved = before.Where(trace => trace.Time != traces[trace.TraceId].Summary.Time);
        await dialect.DeleteAsync(write, TraceRows.Facets, [.. moved.SelectMany(trace => FacetRowsOf(traces[trace.TraceId], trace.Time))], cancellationToken).ConfigureAwait(false);
        await dialect.InsertAsync(write, TraceRows.Facets, [.. traces.Values.SelectMany(static trace => FacetRowsOf(trace, trace.Summary.Time))], cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<object?[]> FacetRowsOf(GrowingTrace trace, DateTimeOffset time) => TraceRows.FacetRowsOf(trace.Summary.TraceId, time.UtcTicks, trace.Facets);
}

using System.Globalization;
using AiObs.Store.Traces;

namespace AiObs.Store.Sql.Traces;

/// <summary>Erases content and drops what is too old or too much, in transactions that are short, so that whoever appends does not wait long.</summary>
internal sealed class TraceRemoval(SqlDatabase database, string part, CancellationToken cancellationToken)
{
    /// <summary>How many spans, contents or durations go at once. A trace goes as a whole, so that one with more spans goes alone.</summary>
    private const int MaxAtOnce = 1_000;

    private const int PageSize = 200;

    private const string Columns = "t.trace_id, t.span_count, t.ticks, t.facets";

    private const string OldTracesSql =
        $"SELECT {Columns} FROM aiobs_traces t WHERE t.ticks < @oldest AND t.end_ticks < @oldest ORDER BY t.ticks, t.trace_id LIMIT @limit";

    private const string FirstTracesSql = $"SELECT {Columns} FROM aiobs_traces t ORDER BY t.ticks, t.trace_id LIMIT @limit";

    private const string CountSql = "SELECT coalesce(sum(t.span_count), 0) FROM aiobs_traces t";

    private const string DropLatenciesSql =
        "DELETE FROM aiobs_latencies WHERE (hour, number) IN (SELECT l.hour, l.number FROM aiobs_latencies l WHERE l.hour < @oldest ORDER BY l.hour, l.number LIMIT @limit)";

    private const string DropContentsSql =
        "DELETE FROM aiobs_span_contents WHERE position IN (SELECT c.position FROM aiobs_span_contents c WHERE c.ticks < @oldest ORDER BY c.ticks LIMIT @limit)";

    private SqlDialect Dialect => database.Dialect;

    /// <summary>Erases the content of traces.</summary>
    /// <returns>How many spans had any.</returns>
    public async ValueTask<long> EraseAsync(TraceSelection selection)
    {
        var count = 0L;
        TracePosition? after = null;
        while (true)
        {
            var page = await database.ReadAsync(
                part, read => new TraceQueries(Dialect, read, cancellationToken).ListAsync(selection, TraceOrder.Newest, after, PageSize), cancellationToken).ConfigureAwait(false);
            count += await EraseAsync([.. page.Select(static trace => trace.TraceId)]).ConfigureAwait(false);
            if (page.Count <= PageSize)
            {
                return count;
            }

            after = TracePosition.Of(page[^1], TraceOrder.Newest);
        }
    }

    /// <summary>Drops what a rule lets go.</summary>
    /// <returns>How many spans were dropped.</returns>
    public async ValueTask<long> DropAsync(TraceRetention retention, DateTimeOffset now)
    {
        var dropped = 0L;
        if (TraceRetention.OldestTicks(retention.MaxAge, now) is { } oldest)
        {
            dropped += await DropTracesAsync(OldTracesSql, oldest, most: null).ConfigureAwait(false);
        }

        if (retention.MaxSpans is { } most)
        {
            dropped += await DropTracesAsync(FirstTracesSql, oldest: 0, most).ConfigureAwait(false);
        }

        if (TraceRetention.OldestTicks(retention.MaxContentAge, now) is { } oldestContent)
        {
            await DeleteAsync(DropContentsSql, "@oldest", oldestContent).ConfigureAwait(false);
        }

        if (TraceRetention.OldestTicks(retention.MaxLatencyAge, now) is { } oldestLatency)
        {
            // An hour has ended before that, when it is over before the one that it lies in starts.
            await DeleteAsync(DropLatenciesSql, "@oldest", oldestLatency / TimeSpan.TicksPerHour).ConfigureAwait(false);
        }

        return dropped;
    }

    private ValueTask<long> EraseAsync(IReadOnlyCollection<string> traceIds) => DeleteAsync(
        $"""
        DELETE FROM aiobs_span_contents WHERE position IN (
            SELECT c.position FROM aiobs_spans s JOIN aiobs_span_contents c ON c.position = s.position WHERE {Dialect.IsIn("s.trace_id", "@ids")} LIMIT @limit)
        """,
        "@ids",
        Dialect.Parameter(traceIds));

    /// <summary>Runs a deletion of a limited number of rows until it finds none.</summary>
    private async ValueTask<long> DeleteAsync(string sql, string parameter, object value)
    {
        var (count, last) = (0L, 0L);
        do
        {
            last = await database.WriteBulkAsync(
                part,
                async write =>
                {
                    var deleted = await write.Command(sql).Bind(parameter, value).Bind("@limit", MaxAtOnce).ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                    await write.CommitAsync().ConfigureAwait(false);
                    return deleted;
                },
                cancellationToken).ConfigureAwait(false);
            count += last;
        }
        while (last == MaxAtOnce);
        return count;
    }

    /// <summary>Drops traces in the order of a query until it finds none, or no more spans are left than may stay.</summary>
    private async ValueTask<long> DropTracesAsync(string sql, long oldest, long? most)
    {
        var dropped = 0L;
        while (true)
        {
            var count = await database.WriteBulkAsync(part, write => DropTracesAsync(write, sql, oldest, most), cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                return dropped;
            }

            dropped += count;
        }
    }

    private async ValueTask<long> CountAsync(SqlSession write) =>
        Convert.ToInt64(await write.Command(CountSql).ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);

    /// <summary>Drops the first traces of a query in one transaction.</summary>
    /// <returns>How many spans they had.</returns>
    private async ValueTask<long> DropTracesAsync(SqlSession write, string sql, long oldest, long? most)
    {
        // Counted each time, as others may drop at the same time.
        var excess = most is null ? long.MaxValue : await CountAsync(write).ConfigureAwait(false) - most.Value;
        if (excess <= 0)
        {
            return 0;
        }

        var found = await write.Command(sql).Bind("@oldest", oldest).Bind("@limit", MaxAtOnce)
            .ReadAllAsync(static row => (Id: row.GetString(0), Spans: row.GetInt64(1), Ticks: row.GetInt64(2), Facets: row.GetString(3)), cancellationToken).ConfigureAwait(false);
        List<string> ids = [];
        List<object?[]> facets = [];
        var spans = 0L;
        foreach (var trace in found.TakeWhile(trace => ids.Count == 0 || (spans < excess && spans + trace.Spans <= MaxAtOnce)))
        {
            ids.Add(trace.Id);
            facets.AddRange(TraceRows.FacetRowsOf(trace.Id, trace.Ticks, OddValues.Read(trace.Facets, TraceRows.FacetsOf)));
            spans += trace.Spans;
        }

        if (ids.Count == 0)
        {
            return 0;
        }

        var isIn = Dialect.IsIn("trace_id", "@ids");
        var parameter = Dialect.Parameter(ids);
        await DeleteAsync($"aiobs_span_contents WHERE position IN (SELECT s.position FROM aiobs_spans s WHERE {isIn})").ConfigureAwait(false);
        var count = await DeleteAsync($"aiobs_spans WHERE {isIn}").ConfigureAwait(false);
        await Dialect.DeleteAsync(write, TraceRows.Facets, facets, cancellationToken).ConfigureAwait(false);
        await DeleteAsync($"aiobs_traces WHERE {isIn}").ConfigureAwait(false);
        await write.CommitAsync().ConfigureAwait(false);

        // A trace whose spans somebody else has deleted counts as something that was done.
        return Math.Max(count, 1);

        Task<int> DeleteAsync(string rows) => write.Command($"DELETE FROM {rows}").Bind("@ids", parameter).ExecuteNonQueryAsync(cancellationToken);
    }
}

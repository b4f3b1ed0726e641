using System.Data.Common;
using AiObs.Store.Events;
using AiObs.Store.Traces;

namespace AiObs.Store.Sql.Traces;

/// <summary>Reads traces and what is told of them.</summary>
internal sealed class TraceQueries(SqlDialect dialect, SqlSession read, CancellationToken cancellationToken)
{
    private const string FindSql = $"SELECT {TraceRows.Columns} FROM aiobs_traces t WHERE t.trace_id = @trace";

    private const string FindContentSql =
        "SELECT c.content FROM aiobs_spans s JOIN aiobs_span_contents c ON c.position = s.position WHERE s.trace_id = @trace AND s.span_id = @span";

    /// <summary>Returns a page of traces, and one more where there is a next one.</summary>
    public ValueTask<List<TraceSummary>> ListAsync(TraceSelection selection, TraceOrder order, TracePosition? after, int pageSize)
    {
        var (key, id) = (KeyOf(selection, order), selection.TraceId);
        var condition = selection.Where();
        condition.Add($"({key}, {id}) < (@start, @start_id)", "@start", after?.Key);
        var query = Bind(selection, $"SELECT {TraceRows.Columns} FROM {selection.From} WHERE {condition} ORDER BY {key} DESC, {id} DESC LIMIT @limit", after, pageSize);
        return query.ReadAllAsync(TraceRows.Read, cancellationToken);
    }

    public async ValueTask<TraceSummary?> FindAsync(string traceId)
    {
        var found = await read.Command(FindSql).Bind("@trace", StoredText.Of(traceId)).ReadAllAsync(TraceRows.Read, cancellationToken).ConfigureAwait(false);
        return found.FirstOrDefault();
    }

    /// <summary>Returns a page of spans, and one more where there is a next one.</summary>
    public ValueTask<List<SpanRecord>> ListSpansAsync(SpanQuery query, SpanPosition? after)
    {
        var filter = new SpanFilter(query);
        var condition = new SqlCondition();
        condition.Add("s.trace_id = @trace", "@trace", StoredTextOf(filter.TraceId));
        condition.Add("s.span_id = @span", "@span", StoredTextOf(filter.SpanId));
        condition.Add("s.conversation_id = @conversation", "@conversation", filter.ConversationId);
        condition.Add("s.kind = @kind", "@kind", filter.Kind?.ToString());
        var (comparison, direction) = query.Order == PageOrder.OldestFirst ? ('>', "ASC") : ('<', "DESC");
        condition.Add($"(s.ticks, s.trace_id, s.span_id) {comparison} (@start, @start_trace, @start_span)", "@start", after?.UtcTicks);
        var sql = $"{SpanRows.Select(query.Detail)} WHERE {condition} ORDER BY s.ticks {direction}, s.trace_id {direction}, s.span_id {direction} LIMIT @limit";
        var command = condition.BindTo(read.Command(sql)).Bind("@limit", query.PageSize + 1);
        if (after is { } start)
        {
            command.Bind("@start_trace", start.TraceId).Bind("@start_span", start.SpanId);
        }

        return command.ReadAllAsync(SpanRows.Read, cancellationToken);
    }

    public async ValueTask<SpanContent?> FindContentAsync(string traceId, string spanId)
    {
        var found = await read.Command(FindContentSql).Bind("@trace", StoredText.Of(traceId)).Bind("@span", StoredText.Of(spanId))
            .ReadAllAsync(static row => new SpanContent(row.GetString(0)), cancellationToken).ConfigureAwait(false);
        return found.FirstOrDefault();
    }

    /// <summary>Returns a page of conversations, and one more where there is a next one. Both queries have to see the same.</summary>
    public async ValueTask<List<TracedConversation>> ListConversationsAsync(TraceSelection selection, TracePosition? after, int pageSize)
    {
        var last = await ListLastAsync(selection, after, pageSize).ConfigureAwait(false);
        var condition = selection.Where("t");
        condition.Add(dialect.IsIn("t.conversation_id", "@conversations"));
        var query = selection.BindTo(read.Command(
            $"""
            SELECT t.conversation_id, min(t.ticks), count(*), {Sum("t.call_count")}, {Sum("t.error_count")}, {Sum("t.input_tokens")}, {Sum("t.output_tokens")}
            FROM aiobs_traces t WHERE {condition} GROUP BY t.conversation_id
            """)).Bind("@conversations", dialect.Parameter([.. last.Select(static trace => trace.ConversationId!)]));
        var lastOf = last.ToDictionary(static trace => trace.ConversationId!, StringComparer.Ordinal);
        var conversations = await query.ReadAllAsync(row => ReadConversation(row, lastOf), cancellationToken).ConfigureAwait(false);
        return [.. conversations.OrderBy(TracedConversations.PositionOf)];
    }

    /// <summary>Counts traces by a value: how many have it, then which of those of its latest time is the last.</summary>
    public async ValueTask<IReadOnlyList<FacetCount>> CountFacetAsync(TraceSelection selection, TraceFacet facet, int top)
    {
        // Without a filter the index of facets says it all; else each trace says what it has.
        var (value, ticks, counted, latest) = selection.IsOfAll
            ? ("c.value", "c.ticks", "aiobs_trace_facets c WHERE c.facet = @counted", "")
            : ("v.value",
                "t.ticks",
                $"{selection.From} {dialect.JoinTexts("t.facets", "@counted")} WHERE {selection.Where()}",
                $" AND EXISTS (SELECT 1 FROM aiobs_traces t WHERE t.trace_id = c.trace_id AND {selection.Where("t")})");
        var query = selection.BindTo(read.Command(
            $"""
            SELECT g.value, g.number, g.last, max(c.trace_id)
            FROM (SELECT {value} AS value, count(*) AS number, max({ticks}) AS last FROM {counted} GROUP BY {value} ORDER BY number DESC, {value} LIMIT @top) g
                CROSS JOIN aiobs_trace_facets c
            WHERE c.facet = @counted AND c.value = g.value AND c.ticks = g.last{latest}
            GROUP BY g.value, g.number, g.last
            """)).Bind("@counted", facet.ToString()).Bind("@top", top);
        var counts = await query.ReadAllAsync(
            static row => new FacetCount(row.GetString(0), row.GetInt64(1), new(row.GetInt64(2), TimeSpan.Zero), row.GetString(3)), cancellationToken).ConfigureAwait(false);
        return [.. counts.OrderByDescending(static count => count.TraceCount).ThenBy(static count => count.Value, StringComparer.Ordinal)];
    }

    private static TracedConversation ReadConversation(DbDataReader row, Dictionary<string, TraceSummary> last) => new(
        row.GetString(0),
        new(row.GetInt64(1), TimeSpan.Zero),
        last[row.GetString(0)],
        row.GetInt64(2),
        row.GetInt64(3),
        row.GetInt64(4),
        row.FindInt64(5),
        row.FindInt64(6));

    private static string Sum(string column) => $"CAST(sum({column}) AS bigint)";

    private static string? StoredTextOf(string? text) => text is null ? null : StoredText.Of(text);

    private static string KeyOf(TraceSelection selection, TraceOrder order) => order switch
    {
        TraceOrder.Newest => selection.Ticks,
        TraceOrder.Slowest => "(t.end_ticks - t.ticks)",
        TraceOrder.MostTokens => "(coalesce(t.input_tokens, 0) + coalesce(t.output_tokens, 0))",
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, "There is no such order."),
    };

    /// <summary>Returns the last traces of conversations, the latest of them first.</summary>
    private ValueTask<List<TraceSummary>> ListLastAsync(TraceSelection selection, TracePosition? after, int pageSize)
    {
        var (ticks, id) = (selection.Ticks, selection.TraceId);
        var condition = selection.Where();
        condition.Add("t.conversation_id IS NOT NULL");
        condition.Add(
            $"""
            NOT EXISTS (SELECT 1 FROM aiobs_traces l
                WHERE l.conversation_id = t.conversation_id AND (l.ticks, l.trace_id) > (t.ticks, t.trace_id) AND {selection.Where("l")})
            """);
        condition.Add($"({ticks}, {id}) < (@start, @start_id)", "@start", after?.Key);
        var sql = $"SELECT {TraceRows.Columns} FROM {selection.From} WHERE {condition} ORDER BY {ticks} DESC, {id} DESC LIMIT @limit";
        return Bind(selection, sql, after, pageSize).ReadAllAsync(TraceRows.Read, cancellationToken);
    }

    private DbCommand Bind(TraceSelection selection, string sql, TracePosition? after, int pageSize)
    {
        var command = selection.BindTo(read.Command(sql)).Bind("@limit", pageSize + 1);
        return after is { } start ? command.Bind("@start", start.Key).Bind("@start_id", start.TraceId) : command;
    }
}

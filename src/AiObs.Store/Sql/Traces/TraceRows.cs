using System.Data.Common;
using System.Text.Json;
using AiObs.Store.Traces;

namespace AiObs.Store.Sql.Traces;

/// <summary>Reads and writes the rows of traces and of what they are found by.</summary>
internal static class TraceRows
{
    /// <summary>The columns of traces <c>t</c> in the order in which <see cref="Read"/> takes them.</summary>
    public const string Columns = """
        t.trace_id, t.ticks, t.end_ticks, t.name, t.source, t.kind, t.status, t.span_count, t.call_count, t.tool_count, t.error_count,
        t.input_tokens, t.output_tokens, t.conversation_id, t.user_id, t.session_id
        """;

    private const string Ranks = "t.top_rank, t.conversation_rank, t.user_rank, t.session_rank";
    private const int RankColumn = 16;
    private const int FacetsColumn = RankColumn + 4;

    public static BulkTable Traces { get; } = new(
        "aiobs_traces",
        "trace_id",
        [
            ("trace_id", typeof(string)),
            ("ticks", typeof(long)),
            ("end_ticks", typeof(long)),
            ("name", typeof(string)),
            ("source", typeof(string)),
            ("kind", typeof(string)),
            ("status", typeof(string)),
            ("span_count", typeof(long)),
            ("call_count", typeof(long)),
            ("tool_count", typeof(long)),
            ("error_count", typeof(long)),
            ("input_tokens", typeof(long)),
            ("output_tokens", typeof(long)),
            ("conversation_id", typeof(string)),
            ("user_id", typeof(string)),
            ("session_id", typeof(string)),
            ("top_rank", typeof(string)),
            ("conversation_rank", typeof(string)),
            ("user_rank", typeof(string)),
            ("session_rank", typeof(string)),
            ("facets", typeof(string)),
        ],
        Replaces: true);

    public static BulkTable Facets { get; } = new(
        "aiobs_trace_facets",
        "facet, value, ticks, trace_id",
        [("facet", typeof(string)), ("value", typeof(string)), ("ticks", typeof(long)), ("trace_id", typeof(string))],
        Replaces: false);

    /// <summary>Returns the query of the traces that have one of the ids <c>@ids</c>, as <see cref="ReadGrowing"/> takes them.</summary>
    public static string SelectGrowing(SqlDialect dialect) => $"SELECT {Columns}, {Ranks}, t.facets FROM aiobs_traces t WHERE {dialect.IsIn("t.trace_id", "@ids")}";

    public static object?[] ValuesOf(GrowingTrace trace)
    {
        var summary = trace.Summary;
        return
        [
            summary.TraceId,
            summary.Time.UtcTicks,
            summary.EndTime.UtcTicks,
            summary.Name,
            summary.Source,
            summary.Kind?.ToString(),
            summary.Status.ToString(),
            summary.SpanCount,
            summary.CallCount,
            summary.ToolCount,
            summary.ErrorCount,
            summary.InputTokens,
            summary.OutputTokens,
            summary.ConversationId,
            summary.UserId,
            summary.SessionId,
            trace.Top.ToText(),
            trace.Conversation.ToText(),
            trace.User.ToText(),
            trace.Session.ToText(),
            JsonOf(trace.Facets),
        ];
    }

    /// <summary>Returns the rows of facets of a trace.</summary>
    public static IEnumerable<object?[]> FacetRowsOf(string traceId, long ticks, IEnumerable<(TraceFacet Facet, string Value)> facets) =>
        facets.Select(facet => new object?[] { facet.Facet.ToString(), facet.Value, ticks, traceId });

    /// <summary>Reads the facets in the row of a trace.</summary>
    public static HashSet<(TraceFacet Facet, string Value)> FacetsOf(string json) =>
    [
        .. JsonSerializer.Deserialize(json, TraceJson.Default.DictionaryTraceFacetStringArray)!
            .SelectMany(static facet => facet.Value.Select(value => (facet.Key, value))),
    ];

    public static TraceSummary Read(DbDataReader row) => new()
    {
        TraceId = row.GetString(0),
        Time = new(row.GetInt64(1), TimeSpan.Zero),
        EndTime = new(row.GetInt64(2), TimeSpan.Zero),
        Name = row.GetString(3),
        Source = row.GetString(4),
        Kind = SpanRows.KindOf(row.FindString(5)),
        Status = Enum.Parse<TraceStatus>(row.GetString(6)),
        SpanCount = row.GetInt64(7),
        CallCount = row.GetInt64(8),
        ToolCount = row.GetInt64(9),
        ErrorCount = row.GetInt64(10),
        InputTokens = row.FindInt64(11),
        OutputTokens = row.FindInt64(12),
        ConversationId = row.FindString(13),
        UserId = row.FindString(14),
        SessionId = row.FindString(15),
    };

    public static GrowingTrace ReadGrowing(DbDataReader row) => new(Read(row))
    {
        Facets = FacetsOf(row.GetString(FacetsColumn)),
        Top = SpanRank.Parse(row.FindString(RankColumn)),
        Conversation = SpanRank.Parse(row.FindString(RankColumn + 1)),
        User = SpanRank.Parse(row.FindString(RankColumn + 2)),
        Session = SpanRank.Parse(row.FindString(RankColumn + 3)),
    };

    private static string JsonOf(IEnumerable<(TraceFacet Facet, string Value)> facets) => JsonSerializer.Serialize(
        facets.GroupBy(static facet => facet.Facet, static facet => facet.Value).ToDictionary(static facet => facet.Key, static facet => facet.ToArray()),
        TraceJson.Default.DictionaryTraceFacetStringArray);
}

using System.Data.Common;
using System.Text.Json;
using AiObs.Operations;

namespace AiObs.Store.Sql.Traces;

/// <summary>Reads and writes the rows of spans and of their contents.</summary>
internal static class SpanRows
{
    /// <summary>The columns of spans <c>s</c> that every listing has, in the order in which <see cref="Read"/> takes them.</summary>
    private const string Outline = """
        s.trace_id, s.span_id, s.parent_span_id, s.is_root, s.ticks, s.duration_ticks, s.source, s.name, s.kind, s.provider, s.model, s.agent, s.tool,
        s.is_error, s.error_type, s.conversation_id, s.user_id, s.session_id, s.tags, s.input_tokens, s.output_tokens, s.had_content
        """;

    private const int AttributesColumn = 22;
    private const int EventsColumn = AttributesColumn + 1;
    private const int ContentColumn = EventsColumn + 1;

    public static BulkTable Spans { get; } = new(
        "aiobs_spans",
        "trace_id, span_id",
        [
            ("position", typeof(long)),
            ("trace_id", typeof(string)),
            ("span_id", typeof(string)),
            ("parent_span_id", typeof(string)),
            ("is_root", typeof(long)),
            ("ticks", typeof(long)),
            ("duration_ticks", typeof(long)),
            ("source", typeof(string)),
            ("name", typeof(string)),
            ("kind", typeof(string)),
            ("provider", typeof(string)),
            ("model", typeof(string)),
            ("agent", typeof(string)),
            ("tool", typeof(string)),
            ("is_error", typeof(long)),
            ("error_type", typeof(string)),
            ("conversation_id", typeof(string)),
            ("user_id", typeof(string)),
            ("session_id", typeof(string)),
            ("tags", typeof(string)),
            ("input_tokens", typeof(long)),
            ("output_tokens", typeof(long)),
            ("had_content", typeof(long)),
            ("attributes", typeof(string)),
            ("events", typeof(string)),
        ],
        Replaces: false);

    public static BulkTable Contents { get; } = new(
        "aiobs_span_contents", "position", [("position", typeof(long)), ("ticks", typeof(long)), ("content", typeof(string))], Replaces: false);

    public static object?[] ValuesOf(long position, SpanRecord span) =>
    [
        position,
        span.TraceId,
        span.SpanId,
        span.ParentSpanId,
        span.IsRoot ? 1L : 0L,
        span.Time.UtcTicks,
        span.Duration.Ticks,
        span.Source,
        span.Name,
        span.Kind?.ToString(),
        span.Provider,
        span.Model,
        span.Agent,
        span.Tool,
        span.IsError ? 1L : 0L,
        span.ErrorType,
        span.ConversationId,
        span.UserId,
        span.SessionId,
        TagsOf(span),
        span.InputTokens,
        span.OutputTokens,
        span.HadContent ? 1L : 0L,
        span.Attributes,
        span.Events,
    ];

    public static object?[] ContentOf(long position, SpanRecord span) => [position, span.Time.UtcTicks, span.Content!.Attributes];

    /// <summary>Returns the start of a query of spans, up to its condition.</summary>
    public static string Select(SpanDetail detail) => detail switch
    {
        SpanDetail.Outline => $"SELECT {Outline} FROM aiobs_spans s",
        SpanDetail.Attributes => $"SELECT {Outline}, s.attributes, s.events FROM aiobs_spans s",
        SpanDetail.Content => $"SELECT {Outline}, s.attributes, s.events, c.content FROM aiobs_spans s LEFT JOIN aiobs_span_contents c ON c.position = s.position",
        _ => throw new ArgumentOutOfRangeException(nameof(detail), detail, "There is no such detail."),
    };

    /// <summary>Reads a row of such a query.</summary>
    public static SpanRecord Read(DbDataReader row) => new()
    {
        TraceId = row.GetString(0),
        SpanId = row.GetString(1),
        ParentSpanId = row.FindString(2),
        IsRoot = row.GetInt64(3) != 0,
        Time = new(row.GetInt64(4), TimeSpan.Zero),
        Duration = TimeSpan.FromTicks(row.GetInt64(5)),
        Source = row.GetString(6),
        Name = row.GetString(7),
        Kind = KindOf(row.FindString(8)),
        Provider = row.FindString(9),
        Model = row.FindString(10),
        Agent = row.FindString(11),
        Tool = row.FindString(12),
        IsError = row.GetInt64(13) != 0,
        ErrorType = row.FindString(14),
        ConversationId = row.FindString(15),
        UserId = row.FindString(16),
        SessionId = row.FindString(17),
        Tags = TagsOf(row.FindString(18)),
        InputTokens = row.FindInt64(19),
        OutputTokens = row.FindInt64(20),
        HadContent = row.GetInt64(21) != 0,
        Attributes = row.FieldCount > AttributesColumn ? row.GetString(AttributesColumn) : "{}",
        Events = row.FieldCount > EventsColumn ? row.FindString(EventsColumn) : null,
        Content = row.FieldCount > ContentColumn && row.FindString(ContentColumn) is { } content ? new(content) : null,
    };

    public static OperationKind? KindOf(string? name) => name is null ? null : Enum.Parse<OperationKind>(name);

    private static string? TagsOf(SpanRecord span) => span.Tags.Count == 0 ? null : JsonSerializer.Serialize(span.Tags, TraceJson.Default.IReadOnlyListString);

    private static IReadOnlyList<string> TagsOf(string? json) => json is null ? [] : JsonSerializer.Deserialize(json, TraceJson.Default.IReadOnlyListString)!;
}

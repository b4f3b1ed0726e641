namespace AiObs.TestSupport.Otlp;

/// <summary>A log record as it arrived over the wire.</summary>
/// <param name="EventName">The event name, empty when there is none.</param>
/// <param name="Severity">The severity text, such as <c>Warning</c>.</param>
/// <param name="Body">The body: a string in most cases, null when there is none.</param>
/// <param name="Attributes">The attributes.</param>
/// <param name="TraceId">The trace id in hexadecimal; null when the record belongs to no trace.</param>
/// <param name="SpanId">The span id in hexadecimal; null when the record belongs to no span.</param>
/// <param name="Scope">The scope, whose name is the logger's category, and the resource.</param>
public sealed record ReceivedLog(
    string EventName,
    string Severity,
    object? Body,
    IReadOnlyDictionary<string, object?> Attributes,
    string? TraceId,
    string? SpanId,
    ReceivedScope Scope);

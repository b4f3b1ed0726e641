namespace AiObs.TestSupport.Otlp;

/// <summary>A span link as it arrived over the wire.</summary>
/// <param name="TraceId">The linked trace id in hexadecimal.</param>
/// <param name="SpanId">The linked span id in hexadecimal.</param>
/// <param name="Attributes">The attributes.</param>
public sealed record ReceivedLink(string TraceId, string SpanId, IReadOnlyDictionary<string, object?> Attributes);

namespace AiObs.Store;

/// <summary>What was said in a span. It is kept apart, and for a shorter time.</summary>
/// <param name="Attributes">The attributes that are content, as a JSON object by their keys.</param>
public sealed record SpanContent(string Attributes);

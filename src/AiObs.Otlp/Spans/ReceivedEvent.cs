namespace AiObs.Otlp.Spans;

/// <summary>Something that happened in a span.</summary>
internal sealed record ReceivedEvent(string Name, DateTimeOffset Time, Dictionary<string, object?> Attributes);

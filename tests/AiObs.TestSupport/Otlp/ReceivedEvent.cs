namespace AiObs.TestSupport.Otlp;

/// <summary>A span event as it arrived over the wire.</summary>
/// <param name="Name">The name.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Attributes">The attributes.</param>
public sealed record ReceivedEvent(string Name, DateTimeOffset Time, IReadOnlyDictionary<string, object?> Attributes);

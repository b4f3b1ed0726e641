using AiObs.Events;

namespace AiObs.StoreContracts;

/// <summary>Makes events whose ids and times follow from a number.</summary>
public static class EventSamples
{
    /// <summary>When event 0 happened; each further one happens a second later.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Makes an event of a custom type, with one fact and without content.</summary>
    public static AgentEvent Event(int number) => new()
    {
        Id = IdOf(number),
        Time = Start.AddSeconds(number),
        Type = "sample",
        Data = new Dictionary<string, object?> { ["number"] = (long)number },
    };

    /// <summary>Makes several of them.</summary>
    public static AgentEvent[] Events(int first, int count) => [.. Enumerable.Range(first, count).Select(Event)];

    /// <summary>Makes an event in which something was said.</summary>
    public static AgentEvent Said(int number, string content = "\"secret\"") => Event(number) with { Content = content };

    /// <summary>Makes an event that has everything.</summary>
    public static AgentEvent Full(int number) => Said(number) with
    {
        ConversationId = "conversation",
        UserId = "user",
        SessionId = "session",
        TraceId = "0af7651916cd43dd8448eb211c80319c",
        SpanId = "b7ad6b7169203331",
    };

    /// <summary>Returns the id that belongs to a number.</summary>
    public static Guid IdOf(int number) => new(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2);

    /// <summary>Returns the number that an id belongs to.</summary>
    public static int NumberOf(Guid id) => BitConverter.ToInt32(id.ToByteArray());
}

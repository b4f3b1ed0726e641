using System.Globalization;
using AiObs.Events;

namespace AiObs.Benchmarks.Logs;

/// <summary>Makes the events of an application with many conversations of 200 events; half of the events have content.</summary>
internal static class SampleEvents
{
    private const int EventsPerConversation = 200;
    private static readonly string Content = $"{{\"role\":\"user\",\"content\":\"{new string('x', 200)}\"}}";
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Types =
    [
        AgentEventTypes.MessageSent, AgentEventTypes.ResponseReceived, AgentEventTypes.ToolCalled, AgentEventTypes.CostRecorded, "custom",
    ];

    /// <summary>Makes events of a log that will have so many.</summary>
    public static AgentEvent[] Make(int first, int count, int total) => [.. Enumerable.Range(first, count).Select(number => Make(number, total))];

    /// <summary>Returns the conversation of an event; those of a log are mixed, as if all went on at the same time.</summary>
    public static string ConversationOf(int number, int total) =>
        string.Create(CultureInfo.InvariantCulture, $"conversation-{number % Math.Max(1, total / EventsPerConversation):D8}");

    private static AgentEvent Make(int number, int total) => new()
    {
        Id = Guid.CreateVersion7(),
        Time = Start.AddMilliseconds(number),
        Type = Types[number % Types.Length],
        ConversationId = ConversationOf(number, total),
        UserId = string.Create(CultureInfo.InvariantCulture, $"user-{number % 997}"),
        SessionId = string.Create(CultureInfo.InvariantCulture, $"session-{number / 40}"),
        TraceId = string.Create(CultureInfo.InvariantCulture, $"{number / 5:x32}"),
        SpanId = string.Create(CultureInfo.InvariantCulture, $"{number:x16}"),
        Data = new Dictionary<string, object?> { ["model"] = "model-x", ["input_tokens"] = 1234L, ["output_tokens"] = 77L, ["cost"] = 0.00123m },
        Content = number % 2 == 0 ? Content : null,
    };
}

using AiObs.Events;

namespace AiObs.Benchmarks.Logs;

/// <summary>Makes the events of calls: twenty to a conversation, every other one with something that was said.</summary>
internal static class LogEvents
{
    private const int EventsPerConversation = 20;
    private static readonly string Said = $"\"{new string('x', 240)}\"";
    private static readonly string[] Types = [.. AgentEventTypes.All.Take(5)];

    public static AgentEvent[] Make(int first, int count) => [.. Enumerable.Range(first, count).Select(static number => Make(number))];

    public static string ConversationOf(int number) => $"conversation-{number / EventsPerConversation}";

    private static AgentEvent Make(int number) => new()
    {
        Id = Guid.CreateVersion7(),
        Time = DateTimeOffset.UnixEpoch.AddYears(56).AddMilliseconds(number),
        Type = Types[number % Types.Length],
        ConversationId = ConversationOf(number),
        UserId = $"user-{number % 997}",
        TraceId = (number / 5).ToString("x32", null),
        SpanId = number.ToString("x16", null),
        Data = new Dictionary<string, object?> { ["model"] = "gpt-4o", ["input_tokens"] = 1234L, ["output_tokens"] = 77L },
        Content = number % 2 == 0 ? Said : null,
    };
}

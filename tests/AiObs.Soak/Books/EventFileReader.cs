using System.Text.Json;
using AiObs.Events;

namespace AiObs.Soak.Books;

/// <summary>Reads the files of the JSON lines sink, as a program of somebody else's would.</summary>
internal static class EventFileReader
{
    public static IEnumerable<AgentEvent> Read(string directory) =>
        Directory.GetFiles(directory, "events-*.jsonl").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Select(ReadLine);

    private static AgentEvent ReadLine(string line)
    {
        using var json = JsonDocument.Parse(line);
        var item = json.RootElement;

        return new AgentEvent
        {
            Id = item.GetProperty("id").GetGuid(),
            Time = item.GetProperty("time").GetDateTimeOffset(),
            Type = item.GetProperty("type").GetString()!,
            ConversationId = item.TryGetProperty("conversation_id", out var conversation) ? conversation.GetString() : null,
            Data = item.GetProperty("data").EnumerateObject().ToDictionary(static fact => fact.Name, static fact => ReadValue(fact.Value)),
            Content = item.TryGetProperty("content", out var content) ? content.GetRawText() : null,
        };
    }

    private static object? ReadValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDecimal(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null => null,
        _ => value.GetRawText(),
    };
}

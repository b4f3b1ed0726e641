using System.Text.Json;

namespace WeatherAgent.Tests;

/// <summary>Is a span as <c>--spans</c> writes it.</summary>
internal sealed record WrittenSpan(
    string TraceId,
    string SpanId,
    string? ParentSpanId,
    string Source,
    string Name,
    string Kind,
    DateTime StartTime,
    double DurationMs,
    WrittenSpan.WrittenStatus Status,
    IReadOnlyDictionary<string, JsonElement> Attributes,
    IReadOnlyList<WrittenSpan.WrittenEvent> Events)
{
    /// <summary>Gets the attributes as .NET values.</summary>
    public Dictionary<string, object?> Values => Attributes.ToDictionary(pair => pair.Key, pair => ToValue(pair.Value));

    public static IReadOnlyList<WrittenSpan> ReadAll(string path) =>
        [.. File.ReadLines(path).Select(line => JsonSerializer.Deserialize<WrittenSpan>(line, JsonSerializerOptions.Web)!)];

    private static object? ToValue(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True or JsonValueKind.False => element.GetBoolean(),
        JsonValueKind.Number when element.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.Array => element.EnumerateArray().Select(item => item.GetString()!).ToArray(),
        _ => null,
    };

    internal sealed record WrittenStatus(string Code, string? Description);

    internal sealed record WrittenEvent(string Name, DateTime Time, IReadOnlyDictionary<string, JsonElement> Attributes);
}

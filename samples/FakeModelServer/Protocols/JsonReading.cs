using System.Text.Json;
using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols;

/// <summary>Reads JSON that may have any shape: what is missing or of another kind reads as empty.</summary>
internal static class JsonReading
{
    public static JsonNode? Get(this JsonNode? node, string name) => node is JsonObject members ? members[name] : null;

    public static string? GetText(this JsonNode? node, string name) => node.Get(name).AsText();

    public static bool GetFlag(this JsonNode? node, string name) => node.Get(name)?.GetValueKind() == JsonValueKind.True;

    public static string? AsText(this JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    public static IEnumerable<JsonNode?> GetItems(this JsonNode? node, string name) => node.Get(name) as JsonArray ?? [];

    /// <summary>Reads content that is either a string or an array of parts of which some have text.</summary>
    public static string ReadContent(JsonNode? content) => content switch
    {
        JsonArray parts => string.Concat(parts.Select(part => part.AsText() ?? part.GetText("text"))),
        _ => content.AsText() ?? string.Empty,
    };

    /// <summary>Reads text for a protocol that has JSON in its place: what does not parse can only be shown as a string.</summary>
    public static JsonNode? ParseOrQuote(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}

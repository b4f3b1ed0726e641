using System.Text.Json;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Bridge.Content.Reading;

/// <summary>Turns one part of a message into a content item.</summary>
internal static class PartReader
{
    public static List<AIContent> ReadAll(IEnumerable<JsonElement> parts) => [.. parts.Select(Read).OfType<AIContent>()];

    /// <summary>Reads a part; <see langword="null"/> when it says nothing.</summary>
    public static AIContent? Read(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.String => Text(part.GetString()),
        JsonValueKind.Object => ReadObject(part),
        _ => null,
    };

    private static AIContent? ReadObject(JsonElement part)
    {
        var type = Words.Of(part.Text("type"));
        return type switch
        {
            "text" or "input_text" or "output_text" => Text(TextOf(part)),
            "reasoning" when (part.Member("content") ?? part.Member("text")) is { ValueKind: JsonValueKind.String } text =>
                new TextReasoningContent(text.GetString()),
            "tool_call" => ToolCallReader.Call(part),
            "tool_call_response" or "tool_call_output" => ToolCallReader.Result(part),
            "server_tool_call" or "server_tool_call_response" => ServerTool(part, type),
            "blob" => MediaReader.Blob(part),
            "uri" => MediaReader.Address(part),
            "image_url" or "input_image" => MediaReader.Image(part),
            "file" => MediaReader.File(part),
            null => Text(TextOf(part)),
            _ => Other(part, type),
        };
    }

    private static AIContent ServerTool(JsonElement part, string type)
    {
        var isCall = type == "server_tool_call";
        return part.Member(type) is { ValueKind: JsonValueKind.Object } payload
            ? new ServerToolContent(part.Text("id"), isCall ? part.Text("name") ?? "" : null, payload)
            : Other(part, type);
    }

    private static OtherContent Other(JsonElement part, string type) => new(type, PartMembers.AllBut(part, "type"));

    private static TextContent? Text(string? text) => string.IsNullOrEmpty(text) ? null : new TextContent(text);

    private static string? TextOf(JsonElement part) => (part.Member("content") ?? part.Member("text"))?.AsText();
}

using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols.OpenAI;

/// <summary>Reads responses requests.</summary>
internal sealed class ResponsesReader : IRequestReader
{
    public ModelRequest Read(JsonObject body, IReadOnlyDictionary<string, string> headers) => new()
    {
        Protocol = ModelProtocol.OpenAIResponses,
        Model = body.GetText("model") ?? string.Empty,
        Stream = body.GetFlag("stream"),
        Messages = [.. ReadInstructions(body), .. ReadInput(body["input"])],
        Tools = [.. body.GetItems("tools").Select(ReadTool)],
        Headers = headers,
        Body = body,
    };

    private static IEnumerable<ModelMessage> ReadInstructions(JsonObject body) =>
        body.GetText("instructions") is { Length: > 0 } text ? [new ModelMessage("system", text)] : [];

    private static IEnumerable<ModelMessage> ReadInput(JsonNode? input) => input switch
    {
        JsonArray items => items.Select(ReadItem),
        _ => input.AsText() is { } text ? [new ModelMessage("user", text)] : [],
    };

    private static ModelMessage ReadItem(JsonNode? item) => item.GetText("type") switch
    {
        "function_call" => new ModelMessage("assistant", string.Empty) { ToolCalls = [ReadToolCall(item)] },
        "function_call_output" => new ModelMessage("tool", string.Empty) { ToolResults = [ReadToolResult(item)] },
        _ => new ModelMessage(item.GetText("role") ?? string.Empty, JsonReading.ReadContent(item.Get("content"))),
    };

    private static ModelToolCall ReadToolCall(JsonNode? item) => new()
    {
        Id = item.GetText("call_id"),
        Name = item.GetText("name") ?? string.Empty,
        Arguments = [item.GetText("arguments") ?? string.Empty],
    };

    private static ModelToolResult ReadToolResult(JsonNode? item) =>
        new(item.GetText("call_id") ?? string.Empty, JsonReading.ReadContent(item.Get("output")));

    private static ModelTool ReadTool(JsonNode? tool) =>
        new(tool.GetText("name") ?? tool.GetText("type") ?? string.Empty, tool.GetText("description"), tool.Get("parameters"));
}

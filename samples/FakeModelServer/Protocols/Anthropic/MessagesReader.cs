using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols.Anthropic;

/// <summary>Reads Anthropic messages requests.</summary>
internal sealed class MessagesReader : IRequestReader
{
    public ModelRequest Read(JsonObject body, IReadOnlyDictionary<string, string> headers) => new()
    {
        Protocol = ModelProtocol.AnthropicMessages,
        Model = body.GetText("model") ?? string.Empty,
        Stream = body.GetFlag("stream"),
        Messages = [.. ReadSystem(body), .. body.GetItems("messages").Select(ReadMessage)],
        Tools = [.. body.GetItems("tools").Select(ReadTool)],
        Headers = headers,
        Body = body,
    };

    private static IEnumerable<ModelMessage> ReadSystem(JsonObject body) =>
        JsonReading.ReadContent(body["system"]) is { Length: > 0 } text ? [new ModelMessage("system", text)] : [];

    private static ModelMessage ReadMessage(JsonNode? message) =>
        new(message.GetText("role") ?? string.Empty, JsonReading.ReadContent(message.Get("content")))
        {
            ToolCalls = [.. ReadBlocks(message, "tool_use").Select(ReadToolCall)],
            ToolResults = [.. ReadBlocks(message, "tool_result").Select(ReadToolResult)],
        };

    private static IEnumerable<JsonNode?> ReadBlocks(JsonNode? message, string type) =>
        message.GetItems("content").Where(block => block.GetText("type") == type);

    private static ModelToolCall ReadToolCall(JsonNode? block) => new()
    {
        Id = block.GetText("id"),
        Name = block.GetText("name") ?? string.Empty,
        Arguments = [block.Get("input")?.ToJsonString(WireJson.Options) ?? "{}"],
    };

    private static ModelToolResult ReadToolResult(JsonNode? block) =>
        new(block.GetText("tool_use_id") ?? string.Empty, JsonReading.ReadContent(block.Get("content")));

    private static ModelTool ReadTool(JsonNode? tool) =>
        new(tool.GetText("name") ?? string.Empty, tool.GetText("description"), tool.Get("input_schema"));
}

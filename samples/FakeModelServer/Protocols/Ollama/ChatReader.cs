using System.Text.Json;
using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols.Ollama;

/// <summary>Reads chat requests.</summary>
internal sealed class ChatReader : IRequestReader
{
    public ModelRequest Read(JsonObject body, IReadOnlyDictionary<string, string> headers) => new()
    {
        Protocol = ModelProtocol.OllamaChat,
        Model = body.GetText("model") ?? string.Empty,
        // Who says nothing gets a stream.
        Stream = body["stream"]?.GetValueKind() != JsonValueKind.False,
        Messages = [.. body.GetItems("messages").Select(ReadMessage)],
        Tools = [.. body.GetItems("tools").Select(tool => ReadTool(tool.Get("function")))],
        Headers = headers,
        Body = body,
    };

    private static ModelMessage ReadMessage(JsonNode? message)
    {
        var role = message.GetText("role") ?? string.Empty;
        var text = message.GetText("content") ?? string.Empty;

        return role == "tool"
            ? new ModelMessage(role, string.Empty) { ToolResults = [ReadToolResult(message, text)] }
            : new ModelMessage(role, text) { ToolCalls = [.. message.GetItems("tool_calls").Select(ReadToolCall)] };
    }

    private static ModelToolResult ReadToolResult(JsonNode? message, string text) =>
        new(message.GetText("tool_call_id") ?? message.GetText("tool_name") ?? string.Empty, text);

    private static ModelToolCall ReadToolCall(JsonNode? call) => new()
    {
        Id = call.GetText("id"),
        Name = call.Get("function").GetText("name") ?? string.Empty,
        Arguments = [call.Get("function").Get("arguments")?.ToJsonString(WireJson.Options) ?? "{}"],
    };

    private static ModelTool ReadTool(JsonNode? function) =>
        new(function.GetText("name") ?? string.Empty, function.GetText("description"), function.Get("parameters"));
}

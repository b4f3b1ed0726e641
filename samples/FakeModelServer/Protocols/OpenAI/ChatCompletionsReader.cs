using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols.OpenAI;

/// <summary>Reads chat completions requests.</summary>
internal sealed class ChatCompletionsReader : IRequestReader
{
    public ModelRequest Read(JsonObject body, IReadOnlyDictionary<string, string> headers)
    {
        var stream = body.GetFlag("stream");

        return new ModelRequest
        {
            Protocol = ModelProtocol.OpenAIChatCompletions,
            Model = body.GetText("model") ?? string.Empty,
            Stream = stream,
            IncludeUsage = !stream || body.Get("stream_options").GetFlag("include_usage"),
            Messages = [.. body.GetItems("messages").Select(ReadMessage)],
            Tools = [.. body.GetItems("tools").Select(tool => ReadTool(tool.Get("function")))],
            Headers = headers,
            Body = body,
        };
    }

    private static ModelMessage ReadMessage(JsonNode? message)
    {
        var role = message.GetText("role") ?? string.Empty;
        var text = JsonReading.ReadContent(message.Get("content"));

        return role == "tool"
            ? new ModelMessage(role, string.Empty) { ToolResults = [ReadToolResult(message, text)] }
            : new ModelMessage(role, text) { ToolCalls = [.. message.GetItems("tool_calls").Select(ReadToolCall)] };
    }

    private static ModelToolResult ReadToolResult(JsonNode? message, string text) =>
        new(message.GetText("tool_call_id") ?? string.Empty, text);

    private static ModelToolCall ReadToolCall(JsonNode? call) => new()
    {
        Id = call.GetText("id"),
        Name = call.Get("function").GetText("name") ?? string.Empty,
        Arguments = [call.Get("function").GetText("arguments") ?? string.Empty],
    };

    private static ModelTool ReadTool(JsonNode? function) =>
        new(function.GetText("name") ?? string.Empty, function.GetText("description"), function.Get("parameters"));
}

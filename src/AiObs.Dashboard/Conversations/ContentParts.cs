using System.Text.Json;
using AiObs.Dashboard.Messages;
using AiObs.Dashboard.Text;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Dashboard.Conversations;

/// <summary>Reads what a message that is kept says, as messages of calls are shown.</summary>
internal static class ContentParts
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 2_000 };

    public static IReadOnlyList<MessagePart> Of(StoredMessage message)
    {
        try
        {
            return [.. message.ToMessage().Contents.Select(PartOf)];
        }
        catch (JsonException)
        {
            // What somebody else wrote there is no message.
            return [new("unreadable", message.Content?.Json ?? string.Empty)];
        }
    }

    private static MessagePart PartOf(AIContent content) => content switch
    {
        TextContent text => new(MessagePart.Plain, text.Text),
        TextReasoningContent { Text.Length: > 0 } reasoning => new(MessagePart.Reasoning, reasoning.Text),
        TextReasoningContent => new("protected_reasoning", string.Empty),
        FunctionCallContent call => new(MessagePart.ToolCall, Member(call, "arguments"), call.Name),
        FunctionResultContent { Result: string text } => new("tool_call_response", text),
        FunctionResultContent result => new("tool_call_response", Member(result, "result")),
        DataContent data => new("data", $"{data.MediaType}, {Shown.Number(data.Data.Length)} bytes", data.Name),
        UnknownContent unknown => new(unknown.ContentType ?? "unknown", unknown.Json),
        _ => new(Written(content).TryGetProperty("$type", out var type) ? type.GetString()! : "content", Written(content).GetRawText()),
    };

    private static string Member(AIContent content, string name) => Written(content).TryGetProperty(name, out var value) ? value.GetRawText() : string.Empty;

    private static JsonElement Written(AIContent content)
    {
        using var document = JsonDocument.Parse(MessageContent.Of(new(ChatRole.Assistant, [content])).Json, Deep);
        return document.RootElement.GetProperty("contents")[0].Clone();
    }
}

using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.Messages;

/// <summary>Reads messages and the blocks that they are made of.</summary>
internal static class BlockReading
{
    private const string ToolUse = "tool_use";
    private const string ToolResult = "tool_result";
    private const string Compaction = "compaction";

    /// <summary>Reads the messages of a request; without content, there are as many, and they are empty.</summary>
    public static List<ChatMessage> ReadAll(JsonElement body, bool keepsContent) => ContentReading.ReadMessages(
        body, RoleOf, keepsContent ? static (read, message) => ContentReading.Add(read.Contents, message.Get("content"), AddContent) : null);

    public static void AddContent(IList<AIContent> contents, JsonElement block) => ContentReading.AddIfKnown(contents, block.GetText("type") switch
    {
        "text" => block.GetText("text") is { Length: > 0 } text ? new TextContent(text) : null,
        "thinking" => new TextReasoningContent(block.GetText("thinking")) { ProtectedData = block.GetText("signature") },
        "redacted_thinking" => new TextReasoningContent("") { ProtectedData = block.GetText("data") },
        ToolUse => ToolReading.Call(block.GetText("id"), block.GetText("name"), block.Get("input")?.GetRawText()),
        ToolResult => new FunctionResultContent(block.GetText("tool_use_id") ?? "", ContentReading.TextOf(block.Get("content"))),
        "image" => SourceOf(block.Get("source"), "image/*"),
        "document" => SourceOf(block.Get("source"), "application/pdf"),
        Compaction => OtherContents.Of(Compaction, ("content", block.GetText("content"))),
        "container_upload" => MediaReading.HostedFile(block.GetText("file_id")),
        _ => ServerBlocks.Read(block),
    });

    /// <summary>Tells whether messages hold what the service made of the older part of a conversation.</summary>
    public static bool AreCompacted(JsonElement body) => body.Items("messages")
        .Any(static message => message.Items("content").Any(static block => block.GetText("type") == Compaction));

    /// <summary>Tells the blocks whose arguments a stream brings in pieces behind their start.</summary>
    public static bool IsCall(JsonElement block) => block.GetText("type") is ToolUse or ServerBlocks.ToolUse or ServerBlocks.McpToolUse;

    /// <summary>Reads the role. What tools answered comes as a message of the user, which chat clients tell apart.</summary>
    private static ChatRole RoleOf(JsonElement message)
    {
        var blocks = message.Items("content");
        return blocks.Any() && blocks.All(static block => block.GetText("type") == ToolResult)
            ? ChatRole.Tool
            : new ChatRole(message.GetName("role") ?? "user");
    }

    private static AIContent? SourceOf(JsonElement? source, string mediaType) => source.GetText("type") switch
    {
        "base64" => MediaReading.Bytes(source.GetText("data"), source.GetName("media_type") ?? mediaType),
        "url" => MediaReading.Image(source.GetText("url")),
        "file" => MediaReading.HostedFile(source.GetText("file_id")),
        "text" => new TextContent(source.GetText("data")),
        _ => null,
    };
}

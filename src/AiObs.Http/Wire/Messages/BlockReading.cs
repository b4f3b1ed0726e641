using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.Messages;

/// <summary>Reads messages and the blocks that they are made of.</summary>
internal static class BlockReading
{
    private const string ToolResult = "tool_result";
    private const string Compaction = "compaction";

    /// <summary>Reads the messages of a request; without content, there are as many, and they are empty.</summary>
    public static List<ChatMessage> ReadAll(JsonElement body, bool keepsContent)
    {
        var messages = new List<ChatMessage>();
        foreach (var message in body.Items("messages"))
        {
            var read = new ChatMessage { Role = RoleOf(message) };
            if (keepsContent)
            {
                AddContents(read.Contents, message.Get("content"));
            }

            messages.Add(read);
        }

        return messages;
    }

    /// <summary>Tells whether messages hold what the service made of the older part of a conversation.</summary>
    public static bool AreCompacted(JsonElement body) => body.Items("messages")
        .Any(static message => message.Items("content").Any(static block => block.GetText("type") == Compaction));

    public static void AddContent(IList<AIContent> contents, JsonElement block)
    {
        AIContent? content = block.GetText("type") switch
        {
            "text" => block.GetText("text") is { Length: > 0 } text ? new TextContent(text) : null,
            "thinking" => new TextReasoningContent(block.GetText("thinking")) { ProtectedData = block.GetText("signature") },
            "redacted_thinking" => new TextReasoningContent("") { ProtectedData = block.GetText("data") },
            "tool_use" => ToolReading.Call(block.GetText("id"), block.GetText("name"), block.Get("input")?.GetRawText()),
            ToolResult => new FunctionResultContent(block.GetText("tool_use_id") ?? "", TextOf(block.Get("content"), "")),
            "image" => SourceOf(block.Get("source"), "image/*"),
            Compaction => OtherContents.Of(Compaction, ("content", block.GetText("content"))),
            "document" => SourceOf(block.Get("source"), "application/pdf"),
            _ => null,
        };
        if (content is not null)
        {
            contents.Add(content);
        }
    }

    /// <summary>Returns a text, or joins the texts of blocks; <see langword="null"/> where there is neither.</summary>
    public static string? TextOf(JsonElement? content, string separator) => content switch
    {
        { ValueKind: JsonValueKind.String } text => text.AsText(),
        { ValueKind: JsonValueKind.Array } blocks => string.Join(separator, blocks.EnumerateArray().Select(static block => block.GetText("text")).OfType<string>()),
        _ => null,
    };

    /// <summary>Reads the role. What tools answered comes as a message of the user, which chat clients tell apart.</summary>
    private static ChatRole RoleOf(JsonElement message)
    {
        var blocks = message.Items("content");
        return blocks.Any() && blocks.All(static block => block.GetText("type") == ToolResult)
            ? ChatRole.Tool
            : new ChatRole(message.GetName("role") ?? "user");
    }

    private static void AddContents(IList<AIContent> contents, JsonElement? content)
    {
        switch (content)
        {
            case { ValueKind: JsonValueKind.String } text:
                contents.Add(new TextContent(text.AsText()));
                break;
            case { ValueKind: JsonValueKind.Array } blocks:
                foreach (var block in blocks.EnumerateArray())
                {
                    AddContent(contents, block);
                }

                break;
        }
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

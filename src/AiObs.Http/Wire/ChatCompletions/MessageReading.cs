using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.ChatCompletions;

/// <summary>Reads the messages of chat completions.</summary>
internal static class MessageReading
{
    /// <summary>Reads the messages of a request; without content, there are as many, and they are empty.</summary>
    public static List<ChatMessage> ReadAll(JsonElement body, bool keepsContent) => ContentReading.ReadMessages(body, RoleOf, keepsContent ? AddMessage : null);

    /// <summary>Reads a message of the model.</summary>
    public static ChatMessage ReadAnswer(JsonElement message)
    {
        var read = new ChatMessage { Role = ChatRole.Assistant };
        AddContents(read, message);
        return read;
    }

    /// <summary>Reads reasoning, which compatible servers add to the protocol.</summary>
    public static string? ReasoningIn(JsonElement message) => message.GetText("reasoning_content") ?? message.GetText("reasoning");

    private static ChatRole RoleOf(JsonElement message) => message.GetName("role") switch
    {
        "function" => ChatRole.Tool,
        { } role => new ChatRole(role),
        _ => ChatRole.User,
    };

    private static void AddMessage(ChatMessage read, JsonElement message)
    {
        read.AuthorName = read.Role == ChatRole.Tool ? null : message.GetText("name");
        AddContents(read, message);
    }

    private static void AddContents(ChatMessage read, JsonElement message)
    {
        if (read.Role == ChatRole.Tool)
        {
            read.Contents.Add(new FunctionResultContent(
                message.GetText("tool_call_id") ?? message.GetText("name") ?? "", ContentReading.TextOf(message.Get("content")) ?? ""));
            return;
        }

        if (ReasoningIn(message) is { Length: > 0 } reasoning)
        {
            read.Contents.Add(new TextReasoningContent(reasoning));
        }

        ContentReading.Add(read.Contents, message.Get("content"), static (contents, part) => ContentReading.AddIfKnown(contents, Part(part)));
        if (message.GetText("refusal") is { Length: > 0 } refusal)
        {
            read.Contents.Add(ContentReading.Refused(refusal));
        }

        AddAudio(read, message.Get("audio"));
        AddCalls(read, message);
    }

    private static AIContent? Part(JsonElement part) => part.GetText("type") switch
    {
        "text" => part.GetText("text") is { } text ? new TextContent(text) : null,
        "refusal" => part.GetText("refusal") is { } refusal ? ContentReading.Refused(refusal) : null,
        "image_url" => MediaReading.Image(part.Get("image_url").GetText("url")),
        "input_audio" => MediaReading.Audio(part.Get("input_audio").GetText("data"), part.Get("input_audio").GetText("format")),
        "file" => MediaReading.HostedFile(part.Get("file").GetText("file_id")) ?? MediaReading.File(part.Get("file").GetText("file_data")),
        _ => null,
    };

    private static void AddAudio(ChatMessage read, JsonElement? audio)
    {
        ContentReading.AddText(read.Contents, audio.GetText("transcript"));
        ContentReading.AddIfKnown(read.Contents, MediaReading.SpokenAudio(audio.GetText("data")));
    }

    private static void AddCalls(ChatMessage read, JsonElement message)
    {
        foreach (var call in message.Items("tool_calls"))
        {
            var function = call.Get("function");
            read.Contents.Add(call.Get("custom") is { } custom
                ? ToolReading.CallCustom(call.GetText("id"), custom.GetText("name"), custom.GetText("input"))
                : ToolReading.Call(call.GetText("id"), function.GetText("name"), function.GetText("arguments")));
        }

        if (message.Get("function_call") is { } single)
        {
            read.Contents.Add(ToolReading.Call(id: null, single.GetText("name"), single.GetText("arguments")));
        }
    }
}

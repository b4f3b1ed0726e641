using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.ChatCompletions;

/// <summary>Reads the messages of chat completions.</summary>
internal static class MessageReading
{
    private const string Refusal = "Refusal";

    /// <summary>Reads the messages of a request; without content, there are as many, and they are empty.</summary>
    public static List<ChatMessage> ReadAll(JsonElement body, bool keepsContent)
    {
        var messages = new List<ChatMessage>();
        foreach (var message in body.Items("messages"))
        {
            var read = new ChatMessage { Role = RoleOf(message) };
            if (keepsContent)
            {
                read.AuthorName = read.Role == ChatRole.Tool ? null : message.GetText("name");
                AddContents(read, message);
            }

            messages.Add(read);
        }

        return messages;
    }

    /// <summary>Reads a message of the model.</summary>
    public static ChatMessage ReadAnswer(JsonElement message)
    {
        var read = new ChatMessage { Role = ChatRole.Assistant };
        AddContents(read, message);
        return read;
    }

    /// <summary>Reads reasoning, which compatible servers add to the protocol.</summary>
    public static string? ReasoningIn(JsonElement message) => message.GetText("reasoning_content") ?? message.GetText("reasoning");

    public static ErrorContent Refused(string text) => new(text) { ErrorCode = Refusal };

    private static ChatRole RoleOf(JsonElement message) => message.GetName("role") switch
    {
        "function" => ChatRole.Tool,
        { } role => new ChatRole(role),
        _ => ChatRole.User,
    };

    private static void AddContents(ChatMessage read, JsonElement message)
    {
        if (read.Role == ChatRole.Tool)
        {
            read.Contents.Add(new FunctionResultContent(
                message.GetText("tool_call_id") ?? message.GetText("name") ?? "", TextOf(message.Get("content"))));
            return;
        }

        if (ReasoningIn(message) is { Length: > 0 } reasoning)
        {
            read.Contents.Add(new TextReasoningContent(reasoning));
        }

        AddParts(read, message.Get("content"));
        if (message.GetText("refusal") is { Length: > 0 } refusal)
        {
            read.Contents.Add(Refused(refusal));
        }

        AddAudio(read, message.Get("audio"));
        AddCalls(read, message);
    }

    private static void AddParts(ChatMessage read, JsonElement? content)
    {
        switch (content)
        {
            case { ValueKind: JsonValueKind.String } text:
                AddText(read, text.AsText());
                break;
            case { ValueKind: JsonValueKind.Array } parts:
                foreach (var part in parts.EnumerateArray())
                {
                    AddPart(read, part);
                }

                break;
        }
    }

    private static void AddPart(ChatMessage read, JsonElement part)
    {
        AIContent? content = part.GetText("type") switch
        {
            "text" => part.GetText("text") is { } text ? new TextContent(text) : null,
            "refusal" => part.GetText("refusal") is { } refusal ? Refused(refusal) : null,
            "image_url" => MediaReading.Image(part.Get("image_url").GetText("url")),
            "input_audio" => MediaReading.Audio(part.Get("input_audio").GetText("data"), part.Get("input_audio").GetText("format")),
            "file" => MediaReading.HostedFile(part.Get("file").GetText("file_id")) ?? MediaReading.File(part.Get("file").GetText("file_data")),
            _ => null,
        };
        if (content is not null)
        {
            read.Contents.Add(content);
        }
    }

    private static void AddText(ChatMessage read, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            read.Contents.Add(new TextContent(text));
        }
    }

    private static void AddAudio(ChatMessage read, JsonElement? audio)
    {
        AddText(read, audio.GetText("transcript"));
        if (MediaReading.SpokenAudio(audio.GetText("data")) is { } content)
        {
            read.Contents.Add(content);
        }
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

    private static string TextOf(JsonElement? content) => content switch
    {
        { ValueKind: JsonValueKind.String } text => text.AsText() ?? "",
        { ValueKind: JsonValueKind.Array } parts => string.Concat(parts.EnumerateArray().Select(static part => part.GetText("text"))),
        _ => "",
    };
}

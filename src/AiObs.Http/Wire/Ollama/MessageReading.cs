using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.Ollama;

/// <summary>Reads the messages of Ollama's chat.</summary>
internal static class MessageReading
{
    /// <summary>Reads the messages of a request; without content, there are as many, and they are empty.</summary>
    public static List<ChatMessage> ReadAll(JsonElement body, bool keepsContent)
    {
        var messages = new List<ChatMessage>();
        foreach (var message in body.Items("messages"))
        {
            var read = new ChatMessage { Role = new ChatRole(message.GetName("role") ?? "user") };
            if (keepsContent)
            {
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

    /// <summary>Adds the calls, which come whole.</summary>
    public static void AddCalls(IList<AIContent> contents, JsonElement message)
    {
        foreach (var call in message.Items("tool_calls"))
        {
            var function = call.Get("function");
            contents.Add(ToolReading.Call(call.GetText("id"), function.GetText("name"), function?.Get("arguments")?.GetRawText()));
        }
    }

    private static void AddContents(ChatMessage read, JsonElement message)
    {
        var text = message.GetText("content");
        if (read.Role == ChatRole.Tool)
        {
            read.Contents.Add(new FunctionResultContent(message.GetText("tool_call_id") ?? message.GetText("tool_name") ?? "", text));
            return;
        }

        if (message.GetText("thinking") is { Length: > 0 } thinking)
        {
            read.Contents.Add(new TextReasoningContent(thinking));
        }

        if (!string.IsNullOrEmpty(text))
        {
            read.Contents.Add(new TextContent(text));
        }

        foreach (var image in message.Items("images"))
        {
            if (MediaReading.Bytes(image.AsText(), "image/*") is { } content)
            {
                read.Contents.Add(content);
            }
        }

        AddCalls(read.Contents, message);
    }
}

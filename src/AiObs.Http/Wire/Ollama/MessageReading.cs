using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.Ollama;

/// <summary>Reads the messages of Ollama's chat.</summary>
internal static class MessageReading
{
    /// <summary>Reads the messages of a request; without content, there are as many, and they are empty.</summary>
    public static List<ChatMessage> ReadAll(JsonElement body, bool keepsContent) => ContentReading.ReadMessages(
        body, static message => new ChatRole(message.GetName("role") ?? "user"), keepsContent ? AddContents : null);

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

        ContentReading.AddText(read.Contents, text);
        foreach (var image in message.Items("images"))
        {
            ContentReading.AddIfKnown(read.Contents, MediaReading.Bytes(image.AsText(), "image/*"));
        }

        AddCalls(read.Contents, message);
    }
}

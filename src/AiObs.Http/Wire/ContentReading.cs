using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire;

/// <summary>Reads what several interfaces write alike of messages and their content.</summary>
internal static class ContentReading
{
    /// <summary>Reads the messages of a request; without content, there are as many, and they are empty.</summary>
    /// <param name="body">The request.</param>
    /// <param name="roleOf">Reads the role of a message.</param>
    /// <param name="add">Adds what a message says; <see langword="null"/> where nobody wants to know.</param>
    public static List<ChatMessage> ReadMessages(JsonElement body, Func<JsonElement, ChatRole> roleOf, Action<ChatMessage, JsonElement>? add)
    {
        var messages = new List<ChatMessage>();
        foreach (var message in body.Items("messages"))
        {
            var read = new ChatMessage { Role = roleOf(message) };
            add?.Invoke(read, message);
            messages.Add(read);
        }

        return messages;
    }

    /// <summary>Adds content that is one text, or a list of parts. Kinds of parts that nothing is known of add nothing.</summary>
    public static void Add(IList<AIContent> contents, JsonElement? content, Action<IList<AIContent>, JsonElement> addPart)
    {
        switch (content)
        {
            case { ValueKind: JsonValueKind.String } text:
                AddText(contents, text.AsText());
                break;
            case { ValueKind: JsonValueKind.Array } parts:
                foreach (var part in parts.EnumerateArray())
                {
                    addPart(contents, part);
                }

                break;
        }
    }

    public static void AddText(IList<AIContent> contents, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            contents.Add(new TextContent(text));
        }
    }

    public static void AddIfKnown(IList<AIContent> contents, AIContent? content)
    {
        if (content is not null)
        {
            contents.Add(content);
        }
    }

    /// <summary>Returns a text, or joins the texts of parts; <see langword="null"/> where there is neither.</summary>
    public static string? TextOf(JsonElement? content, string separator = "") => content switch
    {
        { ValueKind: JsonValueKind.String } text => text.AsText(),
        { ValueKind: JsonValueKind.Array } parts => string.Join(separator, parts.EnumerateArray().Select(static part => part.GetText("text")).OfType<string>()),
        _ => null,
    };

    public static ErrorContent Refused(string text) => new(text) { ErrorCode = "Refusal" };
}

using System.Diagnostics;
using System.Text.Json;
using AiObs.Operations.Content;
using AiObs.Privacy.Keys;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Bridge.Content.Reading;

/// <summary>Reads the message that an activity event carries.</summary>
internal static class EventReader
{
    /// <summary>Reads an event; <see langword="null"/> when it carries no message.</summary>
    public static ChatMessage? Read(in ActivityEvent item, ForeignJson json)
    {
        if (MessageEvents.RoleOf(item.Name) is not { } role)
        {
            return null;
        }

        var isChoice = item.Name == MessageEvents.Choice;
        return BodyOf(item) switch
        {
            null => json.Read(Gather(item), element => Message(element, role, isChoice)),
            var text when ForeignJson.IsMeant(text) => json.Read(text, element => Message(element, role, isChoice)),

            // The raw prompt of a text completion.
            { Length: > 0 } text => new ChatMessage(role, text),
            _ => null,
        };
    }

    private static ChatMessage? Message(JsonElement body, ChatRole role, bool isChoice) =>
        isChoice ? MessageReader.ReadChoice(body) : MessageReader.Read(body, role);

    private static string? BodyOf(in ActivityEvent item)
    {
        foreach (ref readonly var tag in item.EnumerateTagObjects())
        {
            if (tag.Key is ForeignAttributes.EventContent or ForeignAttributes.Prompt or ForeignAttributes.Completion && tag.Value is string text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>Makes a body of the tags of an event whose members are its tags.</summary>
    private static string Gather(in ActivityEvent item) => MessageJson.Write(item.Tags, static (writer, tags) =>
    {
        writer.WriteStartObject();
        foreach (var (key, value) in tags)
        {
            if (value is string text)
            {
                Write(writer, key, text);
            }
        }

        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, string key, string text)
    {
        writer.WritePropertyName(key);
        if (key is "message" or "tool_calls" && ForeignJson.IsMeant(text))
        {
            writer.WriteRawValue(text, skipInputValidation: true);
        }
        else
        {
            writer.WriteStringValue(text);
        }
    }
}

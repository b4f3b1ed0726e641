using System.Globalization;
using System.Text.Json;

namespace AiObs.Otlp.Dialects;

/// <summary>A message, of whose members each was an attribute.</summary>
internal sealed class FlattenedMessage
{
    /// <summary>Words in the keys of OpenInference that only say what the next one is a member of.</summary>
    private static readonly string[] Fillers = ["message", "message_content", "tool_call", "function"];

    private readonly SortedDictionary<int, FlattenedPart> _parts = [];
    private readonly SortedDictionary<int, FlattenedCall> _calls = [];
    private readonly Dictionary<string, string> _members = new(StringComparer.Ordinal);

    /// <summary>Gets why it ended, where it is an answer that says so.</summary>
    public string? FinishReason => _members.GetValueOrDefault("finish_reason");

    /// <summary>Takes a member in; <see langword="false"/> when it is not known.</summary>
    /// <param name="path">What follows the number of the message in the key.</param>
    /// <param name="value">The value of the attribute.</param>
    public bool Add(string path, object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture);
        switch (path.Split('.').Where(static word => !Fillers.Contains(word, StringComparer.Ordinal)).ToArray())
        {
            case ["role" or "content" or "name" or "tool_call_id" or "finish_reason"] and [var member]:
                _members[member] = text ?? "";
                return true;
            case ["contents", var number, "type"]:
                return Find(_parts, number) is not null;
            case ["contents", var number, "text"] when Find(_parts, number) is { } part:
                part.Text = text;
                return true;
            case ["contents", var number, "image", "image", "url"] when Find(_parts, number) is { } part:
                part.ImageAddress = text;
                return true;
            case ["tool_calls", var number, "id"] when Find(_calls, number) is { } call:
                call.Id = text;
                return true;
            case ["tool_calls", var number, "name"] when Find(_calls, number) is { } call:
                call.Name = text;
                return true;
            case ["tool_calls", var number, "arguments"] when Find(_calls, number) is { } call:
                call.Arguments = text;
                return true;
            default:
                return false;
        }
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in _members.Where(member => member.Key != "content" || _parts.Count == 0))
        {
            writer.WriteString(name, value);
        }

        if (_parts.Count > 0)
        {
            writer.WriteStartArray("content");
            foreach (var part in _parts.Values)
            {
                Write(writer, part);
            }

            writer.WriteEndArray();
        }

        if (_calls.Count > 0)
        {
            writer.WriteStartArray("tool_calls");
            foreach (var call in _calls.Values)
            {
                Write(writer, call);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, FlattenedPart part)
    {
        writer.WriteStartObject();
        if (part.ImageAddress is { } address)
        {
            writer.WriteString("type", "image_url");
            writer.WriteStartObject("image_url");
            writer.WriteString("url", address);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteString("type", "text");
            writer.WriteString("text", part.Text);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, FlattenedCall call)
    {
        writer.WriteStartObject();
        writer.WriteString("id", call.Id);
        writer.WriteStartObject("function");
        writer.WriteString("name", call.Name);
        writer.WriteString("arguments", call.Arguments);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static T? Find<T>(SortedDictionary<int, T> items, string number)
        where T : class, new()
    {
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return null;
        }

        if (!items.TryGetValue(index, out var item))
        {
            items[index] = item = new();
        }

        return item;
    }
}

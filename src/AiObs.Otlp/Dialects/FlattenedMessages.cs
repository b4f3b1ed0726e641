using System.Globalization;
using AiObs.Operations.Content;

namespace AiObs.Otlp.Dialects;

/// <summary>Puts messages together again that were flattened to an attribute per member.</summary>
internal static class FlattenedMessages
{
    /// <summary>Takes the members of messages out of attributes. Returns the messages, in their order; those members that are not known stay.</summary>
    /// <param name="attributes">The attributes.</param>
    /// <param name="prefix">What stands before the number of a message.</param>
    public static IReadOnlyCollection<FlattenedMessage> Take(Dictionary<string, object?> attributes, string prefix)
    {
        var messages = new SortedDictionary<int, FlattenedMessage>();
        foreach (var (key, value) in attributes.Where(attribute => attribute.Key.StartsWith(prefix, StringComparison.Ordinal)).ToArray())
        {
            var end = key.IndexOf('.', prefix.Length);
            if (end < 0 || !int.TryParse(key.AsSpan(prefix.Length, end - prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                continue;
            }

            var message = messages.GetValueOrDefault(number) ?? new();
            if (message.Add(key[(end + 1)..], value))
            {
                messages[number] = message;
                attributes.Remove(key);
            }
        }

        return messages.Values;
    }

    /// <summary>Writes messages in a form that readers know; <see langword="null"/> where there are none.</summary>
    public static string? ToJson(IReadOnlyCollection<FlattenedMessage> messages) => messages.Count == 0 ? null : MessageJson.Write(messages, static (writer, messages) =>
    {
        writer.WriteStartArray();
        foreach (var message in messages)
        {
            message.Write(writer);
        }

        writer.WriteEndArray();
    });
}

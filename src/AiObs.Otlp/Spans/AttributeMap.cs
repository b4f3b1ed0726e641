using AiObs.Otlp.Proto;

namespace AiObs.Otlp.Spans;

/// <summary>Attributes by their keys, and what is done with them in many places.</summary>
internal static class AttributeMap
{
    public static IReadOnlyDictionary<string, object?> None { get; } = new Dictionary<string, object?>();

    /// <summary>Reads attributes; the last value of a key holds.</summary>
    public static Dictionary<string, object?> Read(IEnumerable<KeyValue> attributes)
    {
        var read = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            if (attribute.Key.Length > 0 && AttributeValues.Of(attribute.Value) is { } value)
            {
                read[attribute.Key] = value;
            }
        }

        return read;
    }

    /// <summary>Returns a text that is not empty.</summary>
    public static string? Text(this Dictionary<string, object?> attributes, string key) =>
        attributes.GetValueOrDefault(key) is string { Length: > 0 } text ? text : null;

    /// <summary>Puts a value where there is none.</summary>
    public static void Fill(this Dictionary<string, object?> attributes, string key, object? value)
    {
        if (value is not null)
        {
            attributes.TryAdd(key, value);
        }
    }

    /// <summary>Has a value under another key too, unless that is there.</summary>
    public static void Copy(this Dictionary<string, object?> attributes, string from, string to) => attributes.Fill(to, attributes.GetValueOrDefault(from));

    /// <summary>Has a value under another key, unless that is there, and no more under its own.</summary>
    public static void Move(this Dictionary<string, object?> attributes, string from, string to)
    {
        if (attributes.Remove(from, out var value))
        {
            attributes.Fill(to, value);
        }
    }
}

using System.Collections;

namespace AiObs.Events.Raising;

/// <summary>Copies the data that an application gives an event, and says of a value that no event can carry where it stands and what is wrong.</summary>
internal sealed class EventDataCopy
{
    private const int MaxDepth = 8;
    private const int MaxValues = 1_000;

    private int _values;

    /// <summary>Copies data.</summary>
    /// <exception cref="ArgumentException">A key is empty or appears twice, or a value is not one that an event can carry.</exception>
    public static EventData Of(IEnumerable<KeyValuePair<string, object?>>? data) =>
        data is null or EventData { Count: 0 } ? EventData.Empty : data as EventData ?? new EventDataCopy().Members(data, "data", 1);

    private EventData Members(IEnumerable<KeyValuePair<string, object?>> members, string path, int depth)
    {
        var entries = new List<KeyValuePair<string, object?>>();
        foreach (var (key, value) in members)
        {
            if (string.IsNullOrEmpty(key))
            {
                throw Wrong($"{path} has an empty key");
            }

            if (entries.Exists(entry => entry.Key == key))
            {
                throw Wrong($"{path} has the key '{key}' twice");
            }

            entries.Add(new(key, Value(value, $"{path}['{key}']", depth)));
        }

        return new EventData([.. entries]);
    }

    private object? Value(object? value, string path, int depth)
    {
        if (++_values > MaxValues)
        {
            throw Wrong($"{path} is value number {MaxValues + 1}, and {MaxValues} is the most an event carries. Put texts and documents in the content");
        }

        if (depth > MaxDepth)
        {
            throw Wrong($"{path} lies deeper than {MaxDepth} levels");
        }

        return value switch
        {
            null or string or bool or Guid or Enum or char => value,
            sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal => value,
            DateTimeOffset or DateTime or DateOnly or TimeOnly or TimeSpan => value,
            IEnumerable<KeyValuePair<string, object?>> members => Members(members, path, depth + 1),
            IEnumerable<KeyValuePair<string, string>> members =>
                Members(members.Select(static member => new KeyValuePair<string, object?>(member.Key, member.Value)), path, depth + 1),
            IList items and not byte[] => Items(items, path, depth + 1),
            _ => throw Wrong(
                $"{path} is a {value.GetType()}. Events carry texts, booleans, numbers, times, ids, enumerations, and lists and dictionaries of these; take out of it what matters"),
        };
    }

    private object?[] Items(IList items, string path, int depth)
    {
        var copy = new object?[items.Count];
        for (var i = 0; i < copy.Length; i++)
        {
            copy[i] = Value(items[i], $"{path}[{i}]", depth);
        }

        return copy;
    }

    private static ArgumentException Wrong(string problem) => new($"{problem}.");
}

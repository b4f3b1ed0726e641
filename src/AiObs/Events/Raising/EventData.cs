using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace AiObs.Events.Raising;

/// <summary>The data of an event: a few entries in an array, which is smaller and quicker to make than a hash table.</summary>
internal sealed class EventData : IReadOnlyDictionary<string, object?>
{
    private readonly KeyValuePair<string, object?>[] _entries;
    private readonly int _count;

    /// <summary>Initializes a new instance of the <see cref="EventData"/> class with the first entries of an array that nobody else keeps.</summary>
    public EventData(KeyValuePair<string, object?>[] entries, int count)
    {
        _entries = entries;
        _count = count;
    }

    public static EventData Empty { get; } = new([], 0);

    public int Count => _count;

    public IEnumerable<string> Keys => _entries.Take(_count).Select(static entry => entry.Key);

    public IEnumerable<object?> Values => _entries.Take(_count).Select(static entry => entry.Value);

    public object? this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The event has no data '{key}'.");

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_entries[i].Key == key)
            {
                value = _entries[i].Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _entries.Take(_count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

using System.Collections;
using System.Diagnostics.CodeAnalysis;
using AiObs.Operations;

namespace AiObs.Events.Raising;

/// <summary>The data of an event: a few entries in an array, which is smaller and quicker to make than a hash table.</summary>
internal sealed class EventData : IReadOnlyDictionary<string, object?>, ISizedData
{
    private readonly Func<CallFacts, FactList>? _list;
    private readonly KeyValuePair<string, object?>[] _more = [];

    // The entries, or what they are made of: an event that is kept keeps no more than its entries.
    private object _state;

    /// <summary>Initializes a new instance of the <see cref="EventData"/> class with the entries of an array that nobody else keeps.</summary>
    public EventData(KeyValuePair<string, object?>[] entries) => _state = entries;

    /// <summary>Initializes a new instance of the <see cref="EventData"/> class whose entries are made when somebody reads them: on the thread of a sink, not on that of the call.</summary>
    /// <param name="facts">What there is to say.</param>
    /// <param name="list">Lists it; may run on several threads at once.</param>
    public EventData(CallFacts facts, Func<CallFacts, FactList> list)
    {
        _state = facts;
        _list = list;
    }

    private EventData(object state, Func<CallFacts, FactList>? list, KeyValuePair<string, object?>[] more)
    {
        _state = state;
        _list = list;
        _more = more;
    }

    public static EventData Empty { get; } = new([]);

    public int Count => Entries.Length;

    public IEnumerable<string> Keys => Entries.Select(static entry => entry.Key);

    public IEnumerable<object?> Values => Entries.Select(static entry => entry.Value);

    /// <inheritdoc/>
    public long Size => _state is CallFacts facts ? facts.Size + (_more.Length == 0 ? 0 : EventSize.OfValue(_more)) : EventSize.OfValue(_state);

    private KeyValuePair<string, object?>[] Entries => _state as KeyValuePair<string, object?>[] ?? List();

    public object? this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The event has no data '{key}'.");

    /// <summary>Returns facts along with what of the context stands on events; a fact of the same name stays.</summary>
    public static IReadOnlyDictionary<string, object?> With(IReadOnlyDictionary<string, object?> data, RecordedContext recorded)
    {
        List<KeyValuePair<string, object?>> more = [];
        if (recorded.Tags is { } tags)
        {
            more.Add(new(EventDataKeys.Tags, tags));
        }

        if (recorded.Turn is { } turn)
        {
            more.Add(new(EventDataKeys.TurnId, turn));
        }

        if (recorded.Metadata?.Where(static member => member.Key != RecordedContext.TurnKey).Select(static member => new KeyValuePair<string, object?>(member.Key, member.Value)).ToArray() is { Length: > 0 } metadata)
        {
            more.Add(new(EventDataKeys.Metadata, new EventData(metadata)));
        }

        if (data is EventData { _state: CallFacts facts } later)
        {
            return new EventData(facts, later._list, [.. more]);
        }

        return new EventData([.. data, .. more.Where(entry => !data.ContainsKey(entry.Key))]);
    }

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        foreach (var (name, found) in Entries)
        {
            if (name == key)
            {
                value = found;
                return true;
            }
        }

        value = null;
        return false;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Entries.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private KeyValuePair<string, object?>[] List()
    {
        // Read once more, as another thread may have made them meanwhile.
        var state = _state;
        var entries = state as KeyValuePair<string, object?>[] ?? [.. _list!((CallFacts)state).ToEntries(), .. _more];
        _state = entries;
        return entries;
    }
}

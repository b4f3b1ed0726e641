using System.Diagnostics;

namespace AiObs.Privacy;

/// <summary>What may be shown of the events of a span. It goes along with the span, because an event can be neither changed nor removed.</summary>
internal sealed class MaskedEvents
{
    private const string Property = "AiObs.MaskedEvents";

    private readonly Dictionary<(int Event, string Key), object?> _values = [];

    /// <summary>Returns what goes along with a span; <see langword="null"/> where its events may be shown as they are.</summary>
    public static MaskedEvents? Of(Activity span) => span.GetCustomProperty(Property) as MaskedEvents;

    public void Add(int index, string key, object? value) => _values[(index, key)] = value;

    /// <summary>Returns an event with what may be shown.</summary>
    /// <param name="item">The event as the library wrote it.</param>
    /// <param name="index">Its place among those of the span.</param>
    public ActivityEvent Apply(ActivityEvent item, int index)
    {
        var tags = new ActivityTagsCollection();
        foreach (ref readonly var tag in item.EnumerateTagObjects())
        {
            tags[tag.Key] = TryFind(index, tag.Key, out var shown) ? shown : tag.Value;
        }

        return new(item.Name, item.Timestamp, tags);
    }

    public void PutOn(Activity span)
    {
        if (_values.Count > 0)
        {
            span.SetCustomProperty(Property, this);
        }
    }

    /// <summary>Finds what stands for a tag.</summary>
    /// <param name="index">The place of the event among those of the span.</param>
    /// <param name="key">The key of the tag.</param>
    /// <param name="value">What may be shown.</param>
    /// <returns><see langword="false"/> where the tag may be shown as it is.</returns>
    public bool TryFind(int index, string key, out object? value) => _values.TryGetValue((index, key), out value);
}

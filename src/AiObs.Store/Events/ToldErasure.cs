using System.Text.Json;
using AiObs.Events;

namespace AiObs.Store.Events;

/// <summary>What a <c>content_erased</c> event says: which contents are gone since.</summary>
internal sealed class ToldErasure
{
    private readonly ChainHead _place;
    private readonly EventFilter? _filter;
    private readonly bool _isOfFirstRelease;

    /// <param name="told">The event.</param>
    /// <param name="isOfFirstRelease">Whether its writer is one of 0.1.0, which did not tell up to where an erasure went.</param>
    public ToldErasure(StoredEvent told, bool isOfFirstRelease)
    {
        _place = told.Place;
        _isOfFirstRelease = isOfFirstRelease;
        try
        {
            var data = EventDataJson.Read(told.Facts.Data);
            Count = data.GetValueOrDefault(EventDataKeys.Count) as long? ?? 0;
            UpTo = data.GetValueOrDefault(EventDataKeys.UpTo) as IReadOnlyDictionary<string, object?> ?? UpTo;
            if (data.GetValueOrDefault(EventDataKeys.Filter) is IReadOnlyDictionary<string, object?> filter)
            {
                _filter = new EventFilter(LogEvents.QueryOf(filter));
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // Somebody changed it; that it tells of nothing any more adds to what the chain says.
        }
    }

    /// <summary>Gets where the erasure is told of.</summary>
    public ChainHead Place => _place;

    /// <summary>Gets how many contents it says it took.</summary>
    public long Count { get; }

    /// <summary>Gets up to which event of each writer it goes.</summary>
    public IReadOnlyDictionary<string, object?> UpTo { get; } = new Dictionary<string, object?>();

    /// <summary>Gets one of the names that it asks for, by which it is found; <see langword="null"/> where it asks for all.</summary>
    public string? Name => _filter?.TraceId ?? _filter?.ConversationId ?? _filter?.SessionId ?? _filter?.UserId;

    /// <summary>Tells whether the content of an event, if it had any, is gone since.</summary>
    public bool Covers(StoredEvent row) => _filter?.Matches(row.Facts) == true && Reaches(row.Place);

    private bool Reaches(ChainHead place) => UpTo.Count == 0 && _isOfFirstRelease
        ? place.Writer != _place.Writer || place.Count < _place.Count
        : UpTo.GetValueOrDefault(place.Writer) is long last && place.Count <= last;
}

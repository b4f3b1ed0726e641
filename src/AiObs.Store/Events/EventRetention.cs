namespace AiObs.Store;

/// <summary>Which of the oldest events a log may drop. An event goes when either rule lets it go, and when everything committed before it goes.</summary>
/// <param name="MaxAge">
/// How old an event may get, by its own time. Events go in the order of commits, so the first one that is young enough keeps what came after it.
/// </param>
/// <param name="MaxEvents">How many events may stay, the one that tells of the retention included.</param>
public sealed record EventRetention(TimeSpan? MaxAge = null, long? MaxEvents = null)
{
    /// <summary>Returns the time, in ticks of UTC, before which events are too old; <see langword="null"/> where age does not matter.</summary>
    internal long? OldestTicks(DateTimeOffset now) => MaxAge is { } age ? Math.Max(0, now.UtcTicks - age.Ticks) : null;

    /// <summary>Returns how many of the oldest of <paramref name="count"/> events are too many, with room for the event that tells of it.</summary>
    internal long Excess(long count) => MaxEvents is { } most && count > most ? count - most + 1 : 0;

    internal void ThrowIfInvalid()
    {
        if (MaxAge is { } age)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(age, TimeSpan.Zero, nameof(MaxAge));
        }

        if (MaxEvents is { } most)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, nameof(MaxEvents));
        }
    }
}

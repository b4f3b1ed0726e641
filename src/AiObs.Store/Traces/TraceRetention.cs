namespace AiObs.Store;

/// <summary>What a trace store may drop. A trace goes as a whole, when either rule lets it go.</summary>
/// <param name="MaxAge">How long ago the last span of a trace may have ended.</param>
/// <param name="MaxSpans">How many spans may stay. The traces that started first go first, until that holds.</param>
/// <param name="MaxContentAge">How long ago a span may have started whose content stays; the span itself does.</param>
/// <param name="MaxLatencyAge">How long ago an hour may have ended whose durations stay.</param>
public sealed record TraceRetention(
    TimeSpan? MaxAge = null, long? MaxSpans = null, TimeSpan? MaxContentAge = null, TimeSpan? MaxLatencyAge = null)
{
    /// <summary>Gets the rule that traces are kept by unless options say otherwise: 14 days or 1,000,000 spans, content for 3 days, durations for 400.</summary>
    public static TraceRetention Default { get; } =
        new(TimeSpan.FromDays(14), 1_000_000, TimeSpan.FromDays(3), TimeSpan.FromDays(400));

    /// <summary>Returns the time, in ticks of UTC, before which something of an age is too old; <see langword="null"/> where age does not matter.</summary>
    internal static long? OldestTicks(TimeSpan? maxAge, DateTimeOffset now) => maxAge is { } age ? Math.Max(0, now.UtcTicks - age.Ticks) : null;

    /// <summary>Gets a value indicating whether nothing of it is negative.</summary>
    internal bool IsValid => MaxAge is not { Ticks: < 0 } && MaxContentAge is not { Ticks: < 0 } && MaxLatencyAge is not { Ticks: < 0 } && MaxSpans is not < 0;

    internal void ThrowIfInvalid()
    {
        ThrowIfNegative(MaxAge, nameof(MaxAge));
        ThrowIfNegative(MaxContentAge, nameof(MaxContentAge));
        ThrowIfNegative(MaxLatencyAge, nameof(MaxLatencyAge));
        if (MaxSpans is { } most)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(most, nameof(MaxSpans));
        }
    }

    private static void ThrowIfNegative(TimeSpan? age, string name) => ArgumentOutOfRangeException.ThrowIfLessThan(age ?? TimeSpan.Zero, TimeSpan.Zero, name);
}

namespace AiObs.Cost.Tables;

/// <summary>When a price holds: always, from a day on, or at a time of the day. All in UTC.</summary>
internal readonly record struct PriceCondition
{
    public DateOnly? From { get; init; }

    public TimeOnly? DailyStart { get; init; }

    public TimeOnly DailyEnd { get; init; }

    public bool Holds(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        if (From is { } from)
        {
            return DateOnly.FromDateTime(utc) >= from;
        }

        // TimeOnly's range excludes its end and runs over midnight where the end is the earlier one.
        return DailyStart is not { } start || TimeOnly.FromDateTime(utc).IsBetween(start, DailyEnd);
    }
}

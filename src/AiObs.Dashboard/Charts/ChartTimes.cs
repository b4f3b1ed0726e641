using System.Globalization;

namespace AiObs.Dashboard.Charts;

/// <summary>The parts that charts divide a time into, and how they are called. All of it is in UTC, as stores divide it.</summary>
internal static class ChartTimes
{
    /// <summary>How long the parts are in which the memory of a process measures.</summary>
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private const int MostWeeks = 60;

    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan SixHours = TimeSpan.FromHours(6);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>Returns how long the parts of a time are in which costs are added up: mostly an hour or a day.</summary>
    public static TimeSpan ForCosts(TimeSpan length) => length switch
    {
        _ when length <= 2 * Hour => FiveMinutes,
        _ when length <= 3 * Day => Hour,
        _ when length <= 92 * Day => Day,
        _ => Weeks(length),
    };

    /// <summary>Returns how long the parts of a time are of which percentiles are shown. Stores keep durations by the hour.</summary>
    public static TimeSpan ForLatencies(TimeSpan length) => length switch
    {
        _ when length <= 3 * Day => Hour,
        _ when length <= 14 * Day => SixHours,
        _ when length <= 92 * Day => Day,
        _ => Weeks(length),
    };

    /// <summary>Returns when the parts start that two times lie in, and those between them, counted as stores do.</summary>
    public static IReadOnlyList<DateTimeOffset> Between(DateTimeOffset first, DateTimeOffset last, TimeSpan interval)
    {
        var start = first.UtcTicks / interval.Ticks;
        var count = (last.UtcTicks / interval.Ticks) - start + 1;
        return [.. Enumerable.Range(0, (int)Math.Max(0, count)).Select(part => new DateTimeOffset((start + part) * interval.Ticks, TimeSpan.Zero))];
    }

    /// <summary>Names a part, as it stands below a chart.</summary>
    public static string Short(DateTimeOffset start, TimeSpan interval) => start.UtcDateTime.ToString(
        interval >= Day ? "MM-dd"
        : interval >= SixHours ? "MM-dd HH:mm"
        : start.UtcDateTime.TimeOfDay == TimeSpan.Zero ? "MM-dd"
        : "HH:mm",
        CultureInfo.InvariantCulture);

    /// <summary>Names a part, as it stands in tables.</summary>
    public static string Long(DateTimeOffset start, TimeSpan interval) =>
        start.UtcDateTime.ToString(interval < Day ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Names the length of parts.</summary>
    public static string Name(TimeSpan interval) => interval switch
    {
        _ when interval == Minute => "minute",
        _ when interval == FiveMinutes => "5 minutes",
        _ when interval == Hour => "hour",
        _ when interval == SixHours => "6 hours",
        _ when interval == Day => "day",
        _ when interval == Week => "week",
        _ => string.Create(CultureInfo.InvariantCulture, $"{interval.Ticks / Week.Ticks} weeks"),
    };

    private static TimeSpan Weeks(TimeSpan length) => Week * Math.Max(1, (length.Ticks + (Week.Ticks * MostWeeks) - 1) / (Week.Ticks * MostWeeks));
}

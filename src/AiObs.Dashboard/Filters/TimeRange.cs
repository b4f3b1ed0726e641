namespace AiObs.Dashboard.Filters;

/// <summary>The time that a page looks at.</summary>
/// <param name="Key">How it is written in addresses.</param>
/// <param name="Title">How it is shown.</param>
/// <param name="Length">How long it lasts, until now.</param>
internal sealed record TimeRange(string Key, string Title, TimeSpan Length)
{
    public static IReadOnlyList<TimeRange> All { get; } =
    [
        new("1h", "1 hour", TimeSpan.FromHours(1)),
        new("24h", "24 hours", TimeSpan.FromDays(1)),
        new("7d", "7 days", TimeSpan.FromDays(7)),
        new("30d", "30 days", TimeSpan.FromDays(30)),
    ];

    public static TimeRange Default { get; } = All[1];

    public static TimeRange Find(string? key) => All.FirstOrDefault(range => range.Key == key) ?? Default;
}

using AiObs.Operations;

namespace AiObs.Store;

/// <summary>Which durations, and how they are told apart. Filters that are <see langword="null"/> let everything through; the others must all hold.</summary>
public sealed record LatencyQuery
{
    /// <summary>Gets the query that puts all durations into one.</summary>
    public static LatencyQuery All { get; } = new();

    /// <summary>Gets a time in the first hour, which counts as a whole, by the start of spans.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Gets a time in the last hour, which counts as a whole.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Gets the kind.</summary>
    public OperationKind? Kind { get; init; }

    /// <summary>Gets the model.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the provider.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the agent.</summary>
    public string? Agent { get; init; }

    /// <summary>Gets the tool.</summary>
    public string? Tool { get; init; }

    /// <summary>Gets by what durations are told apart.</summary>
    /// <value>The default is <see langword="null"/>: they are not.</value>
    public LatencyGrouping? By { get; init; }

    /// <summary>Gets how long the parts of a series are, counted from midnight of January 1, 0001 in UTC.</summary>
    /// <value>The default is <see langword="null"/>: one part, without a start. Else a whole number of hours.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is no whole number of hours, or not positive.</exception>
    public TimeSpan? Interval
    {
        get;
        init
        {
            if (value is { } interval && (interval <= TimeSpan.Zero || interval.Ticks % TimeSpan.TicksPerHour != 0))
            {
                throw new ArgumentOutOfRangeException(nameof(Interval), value, "Durations are kept by the hour: give a whole number of hours, such as TimeSpan.FromHours(1).");
            }

            field = value;
        }
    }
}

using AiObs.Operations;

namespace AiObs.Store.Traces;

/// <summary>What durations are rolled up by.</summary>
/// <param name="Hour">The hour of the start of spans, counted from January 1, 0001 in UTC.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Provider">Who served the call.</param>
/// <param name="Model">The model.</param>
/// <param name="Agent">The agent.</param>
/// <param name="Tool">The tool.</param>
internal readonly record struct LatencyKey(long Hour, OperationKind Kind, string? Provider, string? Model, string? Agent, string? Tool)
{
    /// <summary>How many of them an hour tells apart.</summary>
    public const int MaxPerHour = 1_000;

    /// <summary>Returns what a span counts to; <see langword="null"/> for one without kind.</summary>
    public static LatencyKey? Of(SpanRecord span) =>
        span.Kind is { } kind ? new(HourOf(span.Time), kind, span.Provider, span.Model, span.Agent, span.Tool) : null;

    public static long HourOf(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerHour;

    /// <summary>Returns the start of the part of the series that an hour belongs to.</summary>
    public static DateTimeOffset? StartOf(long hour, TimeSpan? interval)
    {
        if (interval is not { } length)
        {
            return null;
        }

        var ticks = hour * TimeSpan.TicksPerHour;
        return new(ticks - (ticks % length.Ticks), TimeSpan.Zero);
    }

    /// <summary>Returns what a span counts to when its hour has no room for another name.</summary>
    public LatencyKey ToOther() => new(Hour, Kind, LatencyGroup.Other, LatencyGroup.Other, LatencyGroup.Other, LatencyGroup.Other);

    /// <summary>Returns the value that groups are made by.</summary>
    public string? ValueOf(LatencyGrouping? by) => by switch
    {
        null => null,
        LatencyGrouping.Operation => Kind.ToString(),
        LatencyGrouping.Model => Model,
        LatencyGrouping.Provider => Provider,
        LatencyGrouping.Agent => Agent,
        LatencyGrouping.Tool => Tool,
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, "There is no such grouping."),
    };
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;

namespace AiObs.Store.Telemetry;

/// <summary>The source and the meter that all stores share.</summary>
internal static class StoreTelemetry
{
    /// <summary>The name of both.</summary>
    public const string SourceName = "AiObs.Store";

    /// <summary>The name of the histogram of durations.</summary>
    public const string DurationName = "aiobs.store.operation.duration";

    private static readonly string Version =
        typeof(StoreTelemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static readonly Meter Meter = new(new MeterOptions(SourceName) { Version = Version });

    public static ActivitySource Source { get; } = Sources.Create(new(SourceName) { Version = Version });

    public static Histogram<double> Duration { get; } = Meter.Histogram(
        DurationName,
        "s",
        "Duration of an operation of a log or a store.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60] });
}

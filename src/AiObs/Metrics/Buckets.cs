using System.Diagnostics.Metrics;

namespace AiObs.Metrics;

/// <summary>The bucket boundaries that the GenAI conventions ask for.</summary>
internal static class Buckets
{
    /// <summary>Durations of single calls, in seconds.</summary>
    public static readonly InstrumentAdvice<double> CallSeconds = new()
    {
        HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
    };

    /// <summary>Durations of agent runs, in seconds.</summary>
    public static readonly InstrumentAdvice<double> AgentSeconds = new()
    {
        HistogramBucketBoundaries = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 102.4, 204.8, 409.6],
    };

    /// <summary>Durations of workflows, in seconds.</summary>
    public static readonly InstrumentAdvice<double> WorkflowSeconds = new()
    {
        HistogramBucketBoundaries = [1, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200],
    };

    /// <summary>Scores, which are parts of 1, stars, or per cent; no convention asks for these.</summary>
    public static readonly InstrumentAdvice<double> Scores = new()
    {
        HistogramBucketBoundaries = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 2, 3, 4, 5, 10, 100],
    };

    /// <summary>Token counts.</summary>
    public static readonly InstrumentAdvice<long> Tokens = new()
    {
        HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864],
    };

    /// <summary>Numbers of calls.</summary>
    public static readonly InstrumentAdvice<long> Calls = new()
    {
        HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128],
    };
}

namespace AiObs.TestSupport.Otlp;

/// <summary>How a metric aggregates.</summary>
public enum ReceivedMetricKind
{
    /// <summary>The last value.</summary>
    Gauge,

    /// <summary>A sum that may go down.</summary>
    Sum,

    /// <summary>A sum that only grows.</summary>
    Counter,

    /// <summary>A distribution with explicit buckets.</summary>
    Histogram,
}

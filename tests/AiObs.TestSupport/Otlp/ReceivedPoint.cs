namespace AiObs.TestSupport.Otlp;

/// <summary>A point of a metric as it arrived over the wire.</summary>
/// <param name="Attributes">The attributes that tell this point from the others.</param>
/// <param name="Value">The value of a gauge or sum (long or double); the sum of a histogram (double).</param>
/// <param name="Count">The number of recordings in a histogram; zero otherwise.</param>
/// <param name="Bounds">The bucket boundaries of a histogram; empty otherwise.</param>
/// <param name="BucketCounts">The recordings per bucket of a histogram, one more than there are boundaries; empty otherwise.</param>
public sealed record ReceivedPoint(
    IReadOnlyDictionary<string, object?> Attributes,
    object Value,
    long Count,
    IReadOnlyList<double> Bounds,
    IReadOnlyList<long> BucketCounts);

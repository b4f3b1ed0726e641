using AiObs.Otlp.Spans;

namespace AiObs.Otlp.Receiving;

/// <summary>What is remembered of a span. Used under the lock of <see cref="SeenSpans"/>.</summary>
internal sealed class SeenSpan
{
    /// <summary>Gets or sets a value indicating whether it has come, and is not only known as the parent of one that has.</summary>
    public bool HasCome { get; set; }

    public SpanKey? Parent { get; set; }

    /// <summary>Gets or sets a value indicating whether what runs inside of it is work of its own.</summary>
    public bool IsBoundary { get; set; }

    /// <summary>Gets or sets a value indicating whether a call is counted on it.</summary>
    public bool IsCounted { get; set; }

    /// <summary>Gets or sets what ran directly inside of it; <see langword="null"/> where nothing did, or that was passed on.</summary>
    public StepCounts? Steps { get; set; }

    /// <summary>Gets or sets a value indicating whether a call is counted inside of it that it may be a layer of.</summary>
    public bool HoldsCall { get; set; }
}

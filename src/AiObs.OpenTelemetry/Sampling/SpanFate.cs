namespace AiObs.OpenTelemetry.Sampling;

/// <summary>What becomes of a span that has just ended.</summary>
internal enum SpanFate
{
    /// <summary>It waits, or was decided with its trace.</summary>
    Waits,

    /// <summary>It follows a decision that was made before it ended.</summary>
    Follows,

    /// <summary>It ended after everything was shut down.</summary>
    TooLate,
}

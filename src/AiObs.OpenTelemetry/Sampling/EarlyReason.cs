namespace AiObs.OpenTelemetry.Sampling;

/// <summary>Why a trace was decided before its end.</summary>
internal enum EarlyReason
{
    /// <summary>It waited for too long.</summary>
    MaxWait,

    /// <summary>Too many traces waited.</summary>
    MaxTraces,

    /// <summary>Too many of its spans waited.</summary>
    MaxSpansPerTrace,

    /// <summary>Too many spans waited in all.</summary>
    MaxSpans,

    /// <summary>Somebody asked for everything that waits.</summary>
    Flush,
}

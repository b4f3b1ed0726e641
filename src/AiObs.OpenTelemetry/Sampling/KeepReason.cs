namespace AiObs.OpenTelemetry.Sampling;

/// <summary>Why a trace is kept.</summary>
internal enum KeepReason
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>A span failed.</summary>
    Error,

    /// <summary>A policy was violated or a model refused.</summary>
    Refusal,

    /// <summary>It cost much.</summary>
    Costly,

    /// <summary>It took long.</summary>
    Slow,

    /// <summary>It is ordinary, and one of those chosen by trace id.</summary>
    Ratio,
}

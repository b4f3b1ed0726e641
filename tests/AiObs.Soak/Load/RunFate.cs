namespace AiObs.Soak.Load;

/// <summary>What becomes of the last model call of a run.</summary>
internal enum RunFate
{
    /// <summary>The model answers.</summary>
    Answered,

    /// <summary>The server answers with 429.</summary>
    RateLimited,

    /// <summary>The server answers with 500.</summary>
    ServerError,

    /// <summary>The connection is cut after the headers, before anything is said.</summary>
    CutAtOnce,

    /// <summary>The connection is cut in the middle.</summary>
    Cut,

    /// <summary>A stream ends with an error of the protocol.</summary>
    Broken,

    /// <summary>The caller cancels its token while the server is at it.</summary>
    Cancelled,

    /// <summary>The caller leaves a stream while the server is at it.</summary>
    Abandoned,
}

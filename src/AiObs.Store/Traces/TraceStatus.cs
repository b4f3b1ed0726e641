namespace AiObs.Store;

/// <summary>How a trace stands.</summary>
public enum TraceStatus
{
    /// <summary>No span has ended yet that stands at the top of it, or that span was lost.</summary>
    Incomplete,

    /// <summary>What stands at the top has ended, and did not fail.</summary>
    Ok,

    /// <summary>A span at the top failed. A failure below it that was dealt with is none of the trace.</summary>
    Error,
}

namespace AiObs.Cost.Tests.Golden;

/// <summary>How a recorded call ends.</summary>
internal enum Outcome
{
    /// <summary>The model answers.</summary>
    Answered,

    /// <summary>The tool throws, and the model answers all the same.</summary>
    ToolFailed,

    /// <summary>The last model call throws; a stream does after its first update.</summary>
    Failed,

    /// <summary>The caller cancels during the last model call; in a stream, after its first update.</summary>
    Cancelled,

    /// <summary>The reader leaves the stream at the first word of the answer.</summary>
    LeftEarly,

    /// <summary>A budget ends the stream of the answer.</summary>
    Cut,

    /// <summary>A budget refuses the last model call.</summary>
    Refused,
}

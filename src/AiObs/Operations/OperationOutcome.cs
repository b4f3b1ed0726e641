namespace AiObs.Operations;

/// <summary>How an operation ended.</summary>
public enum OperationOutcome
{
    /// <summary>It has not ended yet.</summary>
    Running,

    /// <summary>It ended by itself, without an exception.</summary>
    Completed,

    /// <summary>It threw.</summary>
    Failed,

    /// <summary>It threw <see cref="OperationCanceledException"/> after the caller's token was cancelled.</summary>
    Cancelled,

    /// <summary>Its stream was disposed before the end.</summary>
    Abandoned,

    /// <summary>The client refused the call before anything was sent: an argument was wrong, or there was no credential.</summary>
    Refused,
}

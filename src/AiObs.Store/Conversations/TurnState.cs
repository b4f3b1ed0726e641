namespace AiObs.Store;

/// <summary>How a turn stands.</summary>
public enum TurnState
{
    /// <summary>It has begun.</summary>
    Open,

    /// <summary>It has an answer.</summary>
    Completed,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>Its caller cancelled it.</summary>
    Cancelled,

    /// <summary>Its stream was left before the end.</summary>
    Abandoned,

    /// <summary>A policy or a budget refused it.</summary>
    Refused,

    /// <summary>The model asked for tools that the caller runs.</summary>
    AwaitingTools,
}

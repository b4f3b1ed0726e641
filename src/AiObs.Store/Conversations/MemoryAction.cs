namespace AiObs.Store;

/// <summary>What memory did with a message.</summary>
public enum MemoryAction
{
    /// <summary>The model was shown it.</summary>
    Kept,

    /// <summary>The model was shown it, as it is pinned.</summary>
    Pinned,

    /// <summary>The model was not shown it.</summary>
    Dropped,

    /// <summary>The model was shown a summary instead.</summary>
    Summarized,

    /// <summary>The model was shown it in a shorter form.</summary>
    Trimmed,

    /// <summary>The model was shown it, and it is no message of the conversation.</summary>
    Injected,

    /// <summary>It was changed, put back or left out so that a model takes the request.</summary>
    Repaired,
}

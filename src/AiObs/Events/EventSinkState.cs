namespace AiObs.Events;

/// <summary>How a sink does.</summary>
public enum EventSinkState
{
    /// <summary>The last write succeeded, or there was none yet.</summary>
    Working,

    /// <summary>The last write failed; its events are kept and tried again.</summary>
    Retrying,

    /// <summary>
    /// Too many writes in a row failed: the circuit is open. The sink is tried again with growing pauses, and calls no longer wait for it.
    /// </summary>
    Broken,

    /// <summary>A write was cancelled and does not end. Nothing else is written before it does, and calls no longer wait for it.</summary>
    Hung,

    /// <summary>The sink was removed.</summary>
    Stopped,
}

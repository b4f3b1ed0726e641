namespace AiObs.Store;

/// <summary>How a message stands.</summary>
public enum MessageStatus
{
    /// <summary>It is all there.</summary>
    Complete,

    /// <summary>A stream was cancelled, left or broke off: it is what was delivered of it.</summary>
    Partial,

    /// <summary>A policy refused it: it is kept, and never sent to a model.</summary>
    Refused,

    /// <summary>Its content was erased.</summary>
    Erased,
}

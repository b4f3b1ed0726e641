namespace AiObs.Memory;

/// <summary>What follows when a strategy throws.</summary>
public enum MemoryFailureMode
{
    /// <summary>The exception goes to the caller, as a <see cref="MemoryException"/>.</summary>
    Fail,

    /// <summary>The last 20 messages go on in the place of what the strategy would have left, and the strategies after it still run.</summary>
    LastMessages,
}

namespace AiObs.Soak.Reckoning;

/// <summary>What is counted of a run. Every book translates what it holds into these.</summary>
internal enum Measure : byte
{
    /// <summary>Chats that the model was asked, however they ended.</summary>
    ChatsStarted,

    ChatsCompleted,

    ChatsFailed,

    ChatsCancelled,

    ChatsAbandoned,

    EmbeddingsCompleted,

    EmbeddingsFailed,

    /// <summary>Calls that a budget refused.</summary>
    Refusals,

    Agents,

    /// <summary>Agents that were cancelled when tools of theirs had run.</summary>
    AgentsCancelled,

    /// <summary>Chats inside of agents.</summary>
    AgentChats,

    Tools,

    /// <summary>Streams that delivered anything.</summary>
    StreamsBegun,

    /// <summary>Updates that streams delivered.</summary>
    Updates,

    InputTokens,

    CacheReadTokens,

    CacheWriteTokens,

    OutputTokens,

    /// <summary>Calls whose cost is exact.</summary>
    ExactCosts,

    /// <summary>Calls whose cost is estimated, as of streams that ended early.</summary>
    EstimatedCosts,

    /// <summary>Calls whose cost is not known.</summary>
    UnpricedCosts,

    /// <summary>What the exact ones cost, in USD.</summary>
    ExactAmount,

    /// <summary>What the estimated ones cost, in USD. The server cannot know it; all others have to agree.</summary>
    EstimatedAmount,

    /// <summary>Events of the application's own.</summary>
    Notes,
}

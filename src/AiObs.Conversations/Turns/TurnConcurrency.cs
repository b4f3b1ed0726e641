namespace AiObs.Conversations;

/// <summary>What follows when a conversation has another turn that is running, on this instance or another.</summary>
public enum TurnConcurrency
{
    /// <summary>A <see cref="ConversationBusyException"/>.</summary>
    Refuse,

    /// <summary>The turn waits until the other one has ended, or nobody runs it any more.</summary>
    Wait,

    /// <summary>The turn goes on a branch of its own, which begins before the other turn and does not become the present one.</summary>
    Branch,
}

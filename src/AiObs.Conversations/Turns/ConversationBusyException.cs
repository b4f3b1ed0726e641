namespace AiObs.Conversations;

/// <summary>A turn of the conversation is running, on this instance or another; nothing was stored, and no model was asked.</summary>
public sealed class ConversationBusyException : InvalidOperationException
{
    /// <summary>Initializes a new instance of the <see cref="ConversationBusyException"/> class.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="turnId">The turn that is running.</param>
    /// <param name="leaseUntil">Until when whoever runs it has it for himself; he goes on renewing that while it runs.</param>
    public ConversationBusyException(string conversationId, string turnId, DateTimeOffset leaseUntil)
        : base(
            $"The turn '{turnId}' of the conversation '{conversationId}' is running. Wait for it, or for {leaseUntil:u} where the process that runs it has ended; "
            + $"or set {nameof(TurnOptions)}.{nameof(TurnOptions.Concurrency)} to {nameof(TurnConcurrency.Wait)} or {nameof(TurnConcurrency.Branch)}.")
    {
        TurnId = turnId;
        LeaseUntil = leaseUntil;
    }

    /// <summary>Gets the turn that is running.</summary>
    public string TurnId { get; }

    /// <summary>Gets until when whoever runs it has it for himself.</summary>
    public DateTimeOffset LeaseUntil { get; }
}

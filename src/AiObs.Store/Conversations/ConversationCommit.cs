using AiObs.Events;

namespace AiObs.Store;

/// <summary>What is done to a conversation at once: all of it happens, or nothing.</summary>
public sealed record ConversationCommit
{
    /// <summary>Gets the conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Gets its tenant.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>Gets when it happens.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets the version that the conversation must have; 0 where there must be none.</summary>
    /// <value>The default is <see langword="null"/>: whatever it has.</value>
    public long? ExpectedVersion { get; init; }

    /// <summary>Gets what the conversation is made of where there is none: user, title, model, tags and metadata.</summary>
    /// <value>The default is <see langword="null"/>: it must be there.</value>
    public Conversation? Create { get; init; }

    /// <summary>Gets what takes the place of user, title, model, tags and metadata of one that is there.</summary>
    /// <value>The default is <see langword="null"/>: they stay. Needs <see cref="ExpectedVersion"/>, so that nobody's change is lost.</value>
    public Conversation? Update { get; init; }

    /// <summary>Gets when the conversation is due to be erased from now on.</summary>
    /// <value>The default is <see langword="null"/>: as before.</value>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets how the conversation is deleted. A hidden one can be erased; nothing else is done to one that is deleted.</summary>
    public ConversationDelete? Delete { get; init; }

    /// <summary>Gets a value indicating whether a hidden conversation is there again. Does nothing to one that is there; one that is erased is not found.</summary>
    public bool Restore { get; init; }

    /// <summary>Gets where a new branch begins, which then takes the messages.</summary>
    public BranchPoint? Fork { get; init; }

    /// <summary>Gets the branch that takes the messages, unless there is a <see cref="Fork"/>.</summary>
    /// <value>The default is <see langword="null"/>: the present one.</value>
    public int? Branch { get; init; }

    /// <summary>Gets a value indicating whether that branch becomes the present one.</summary>
    public bool MakesCurrent { get; init; }

    /// <summary>Gets new messages, in order. Sequence, version and branch are given by the store.</summary>
    public IReadOnlyList<StoredMessage> Messages { get; init; } = [];

    /// <summary>Gets a turn, which is added, or takes the place of the one with its id.</summary>
    public TurnRecord? Turn { get; init; }

    /// <summary>Gets the events that tell of it, redacted. A store that keeps events too keeps these in the same transaction, or so that they reach the log whatever happens next.</summary>
    public IReadOnlyList<AgentEvent> Events { get; init; } = [];
}

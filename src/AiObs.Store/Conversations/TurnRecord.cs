namespace AiObs.Store;

/// <summary>A turn of a conversation: a question, what a model was shown of the history, and what came of it.</summary>
public sealed record TurnRecord
{
    /// <summary>Gets the id, which is unique within the conversation. At most 512 characters.</summary>
    public required string Id { get; init; }

    /// <summary>Gets how it stands.</summary>
    public TurnState State { get; init; }

    /// <summary>Gets the branch that it is on.</summary>
    public int Branch { get; init; }

    /// <summary>Gets when it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets when it ended; <see langword="null"/> while it is open.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Gets until when whoever runs it has it for himself; <see langword="null"/> where nobody does.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Gets what memory did to the history.</summary>
    public MemoryRecord? Memory { get; init; }

    /// <summary>Gets the answer as JSON, for whoever asks again. It is content, and goes when the conversation is erased.</summary>
    public string? Response { get; init; }

    /// <summary>Gets the last message on the branch that the model is to answer; <see langword="null"/> where nothing is stored of the question.</summary>
    public long? QuestionSequence { get; init; }

    /// <summary>Gets what guardrails found.</summary>
    public IReadOnlyList<TurnFinding> Findings { get; init; } = [];

    /// <summary>Gets what an answer that is made in the background is asked for again with, in Base64. It goes when the conversation is erased.</summary>
    public string? ContinuationToken { get; init; }

    /// <summary>Gets what kind of error ended it.</summary>
    public string? ErrorType { get; init; }
}

namespace AiObs.Store;

/// <summary>A summary of messages of a conversation, kept so that it is paid once.</summary>
public sealed record ConversationSummary
{
    /// <summary>Gets what it was made of and how: a hash of the messages, the instructions and the model, in lower-case hexadecimal digits.</summary>
    public required string Coverage { get; init; }

    /// <summary>Gets the branch.</summary>
    public int Branch { get; init; }

    /// <summary>Gets the first message that it covers.</summary>
    public required long FirstSequence { get; init; }

    /// <summary>Gets the last message that it covers, inclusive.</summary>
    public required long LastSequence { get; init; }

    /// <summary>Gets the text.</summary>
    public required string Text { get; init; }

    /// <summary>Gets how many tokens the text takes.</summary>
    public required int TokenCount { get; init; }

    /// <summary>Gets the model that wrote it.</summary>
    public string? Model { get; init; }

    /// <summary>Gets when it was made.</summary>
    public required DateTimeOffset At { get; init; }
}

namespace AiObs.Operations.Content;

/// <summary>One message of a conversation, as it may be shown.</summary>
/// <param name="Role">The role, such as <c>system</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</param>
/// <param name="Name">The author's name.</param>
/// <param name="Parts">The parts, in the order in which they were said.</param>
internal sealed record RecordedMessage(string Role, string? Name, IReadOnlyList<MessagePart> Parts)
{
    /// <summary>What stands for the reason of a message of a response where nobody knows it: the schema requires a word.</summary>
    public const string UnknownReason = "unknown";

    /// <summary>Gets why the model ended this message, in the words of the message schema; <see langword="null"/> on messages of a request.</summary>
    public string? FinishReason { get; init; }
}

using Microsoft.Extensions.AI;

namespace AiObs.Conversations;

/// <summary>A turn of a conversation: what is new, and what it answers.</summary>
public sealed record TurnRequest
{
    /// <summary>Gets the conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Gets what is new: the question, or the results of tools and the answers to approvals that the turn waits for.</summary>
    /// <value>The default is none, for an answer that is to be given anew.</value>
    public IReadOnlyList<ChatMessage> Messages { get; init; } = [];

    /// <summary>Gets the id of the turn. Whoever tries again gives the same: then nothing is asked, answered or paid twice. At most 512 characters.</summary>
    /// <value>The default is <see langword="null"/>: a new id.</value>
    public string? TurnId { get; init; }

    /// <summary>Gets the id of a stored answer that is to be given anew, on a branch that becomes the present one.</summary>
    public string? RegenerateMessageId { get; init; }

    /// <summary>Gets the id of a stored message that <see cref="Messages"/> take the place of, on a branch that becomes the present one.</summary>
    public string? EditMessageId { get; init; }

    /// <summary>Gets how the turn is done.</summary>
    /// <value>The default is <see langword="null"/>: as <see cref="TurnOptions"/> say by default.</value>
    public TurnOptions? Options { get; init; }

    /// <summary>Gets messages that go before the history and are not stored.</summary>
    internal IReadOnlyList<ChatMessage> Instructions { get; init; } = [];
}

using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Turns;

/// <summary>Where in a conversation a turn begins.</summary>
/// <param name="Branch">The branch whose messages go before it.</param>
/// <param name="UpTo">The last of them; <see langword="null"/> for all.</param>
/// <param name="Messages">What it adds.</param>
internal sealed record TurnPlace(int Branch, long? UpTo, IReadOnlyList<ChatMessage> Messages)
{
    /// <summary>Gets a value indicating whether a new branch begins there.</summary>
    public bool Forks { get; init; }

    /// <summary>Gets a value indicating whether the turn is on a branch that is not the present one.</summary>
    public bool IsBeside { get; init; }

    /// <summary>Gets the id of the message that the first one added replaces.</summary>
    public string? EditedId { get; init; }
}

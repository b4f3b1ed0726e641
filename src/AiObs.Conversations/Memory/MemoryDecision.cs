using AiObs.Store;

namespace AiObs.Memory;

/// <summary>What memory did with one message.</summary>
/// <param name="MessageId">The id of the message; <see langword="null"/> where it has none, or where memory made it.</param>
/// <param name="Sequence">Its number in the conversation; <see langword="null"/> where it is none of a stored conversation.</param>
/// <param name="Action">What was done.</param>
/// <param name="Strategy">By which strategy; <see langword="null"/> where none had a say.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="TokenCount">How many tokens it takes, before.</param>
public sealed record MemoryDecision(string? MessageId, long? Sequence, MemoryAction Action, string? Strategy, string? Reason, int TokenCount)
{
    /// <summary>Gets a value indicating whether the model is shown it, or what is left of it.</summary>
    internal bool IsShown { get; init; }
}

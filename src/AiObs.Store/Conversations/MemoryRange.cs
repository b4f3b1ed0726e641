namespace AiObs.Store;

/// <summary>What memory did with messages that follow each other.</summary>
/// <param name="FirstSequence">The first of them; <see langword="null"/> where it is no message of the conversation.</param>
/// <param name="LastSequence">The last of them, inclusive.</param>
/// <param name="Action">What was done.</param>
/// <param name="Strategy">By which strategy; <see langword="null"/> where none had a say.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="TokenCount">How many tokens they take, before.</param>
public sealed record MemoryRange(long? FirstSequence, long? LastSequence, MemoryAction Action, string? Strategy, string? Reason, int TokenCount);

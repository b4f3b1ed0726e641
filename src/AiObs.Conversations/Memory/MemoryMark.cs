using AiObs.Store;

namespace AiObs.Conversations.Memory;

/// <summary>What was done to a message, by whom and why.</summary>
internal sealed record MemoryMark(MemoryAction Action, string? Strategy, string? Reason)
{
    public static MemoryMark Kept { get; } = new(MemoryAction.Kept, null, null);

    public static MemoryMark Pinned { get; } = new(MemoryAction.Pinned, null, null);

    public static MemoryMark Injected { get; } = new(MemoryAction.Injected, null, null);

    public static MemoryMark Repaired(string reason) => new(MemoryAction.Repaired, null, reason);
}

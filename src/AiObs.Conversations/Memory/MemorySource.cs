using AiObs.Store;

namespace AiObs.Conversations.Memory;

/// <summary>Where the messages come from, for strategies that keep what they make.</summary>
internal sealed record MemorySource
{
    public static MemorySource None { get; } = new();

    public string Tenant { get; init; } = "";

    /// <summary>Gets the conversation; <see langword="null"/> where somebody else keeps the history.</summary>
    public string? ConversationId { get; init; }

    public int Branch { get; init; }

    public ISummaryStore? Summaries { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Gets what knows the context window of a model; by default the price table of the package.</summary>
    public Func<string, int?> FindContextWindow { get; init; } = static model => Cost.Pricing.PriceTable.Default.FindContextWindow(model);
}

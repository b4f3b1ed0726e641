namespace AiObs.Store;

/// <summary>Keeps summaries; a conversation store that does not implement it has them made anew each time.</summary>
public interface ISummaryStore
{
    /// <summary>Finds a summary.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="coverage">What it was made of and how.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The summary; <see langword="null"/> where there is none, or no such conversation.</returns>
    ValueTask<ConversationSummary?> FindSummaryAsync(string tenant, string conversationId, string coverage, CancellationToken cancellationToken = default);

    /// <summary>Finds the summary that reaches furthest of those of a branch, and of those of the branches that it left which end before it did.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="upToSequence">The last message that it may cover, inclusive.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The summary; <see langword="null"/> where there is none.</returns>
    ValueTask<ConversationSummary?> FindLatestSummaryAsync(string tenant, string conversationId, int branch, long upToSequence, CancellationToken cancellationToken = default);

    /// <summary>Keeps a summary. One of the same coverage stays as it is.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="summary">The summary.</param>
    /// <param name="cancellationToken">Cancels it; then nothing is kept.</param>
    /// <returns>A task that ends when it is kept.</returns>
    /// <exception cref="ConversationNotFoundException">There is no such conversation, or none any more.</exception>
    ValueTask SaveSummaryAsync(string tenant, string conversationId, ConversationSummary summary, CancellationToken cancellationToken = default);
}

namespace AiObs.Store;

/// <summary>Keeps conversations, their messages and turns. There is one door for writes: everything in a commit happens, or nothing.</summary>
/// <remarks>
/// Texts are compared ordinally, and times to the tick. What a conversation is found by is its tenant and id. An implementation passes the tests of <c>ConversationStoreContract</c>.
/// </remarks>
public interface IConversationStore
{
    /// <summary>Gets the kind of store in telemetry, such as <c>sqlite</c>.</summary>
    string Adapter { get; }

    /// <summary>Does what a commit says, and raises the version of the conversation by one.</summary>
    /// <param name="commit">What to do.</param>
    /// <param name="cancellationToken">Cancels it; then nothing of it is done.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="ArgumentException">The commit contradicts itself, an id is empty or too long, or a branch or a message to fork after is not there.</exception>
    /// <exception cref="ConversationNotFoundException">There is no such conversation, or none any more, and the commit does not create it; the id of an erased one is not used again.</exception>
    /// <exception cref="ConversationConflictException">The conversation has another version than expected, or another message under one of the ids.</exception>
    ValueTask<CommitResult> CommitAsync(ConversationCommit commit, CancellationToken cancellationToken = default);

    /// <summary>Finds a conversation.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="conversationId">Its id.</param>
    /// <param name="includeHidden">Whether a hidden one is found too.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The conversation; <see langword="null"/> where there is none, or none any more.</returns>
    ValueTask<Conversation?> FindAsync(string tenant, string conversationId, bool includeHidden = false, CancellationToken cancellationToken = default);

    /// <summary>Lists a page of conversations, the newest first by their creation; of two of the same time, the one that was stored later.</summary>
    /// <param name="query">Which conversations, and where to start.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>The page. Going on with its cursor misses nothing that was there and returns nothing twice.</returns>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to a query with other filters.</exception>
    ValueTask<ConversationPage> ListAsync(ConversationQuery query, CancellationToken cancellationToken = default);

    /// <summary>Counts conversations, on all pages.</summary>
    /// <param name="query">Which conversations; page size and cursor do not matter.</param>
    /// <param name="cancellationToken">Cancels the count.</param>
    /// <returns>How many there are.</returns>
    ValueTask<long> CountAsync(ConversationQuery query, CancellationToken cancellationToken = default);

    /// <summary>Reads a page of messages, in the order of their sequence.</summary>
    /// <param name="query">Which messages.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The page; an empty one where there is no such conversation, or none any more.</returns>
    ValueTask<MessagePage> ReadAsync(MessageQuery query, CancellationToken cancellationToken = default);

    /// <summary>Finds a turn.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="turnId">Its id.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The turn; <see langword="null"/> where there is none, or no such conversation any more.</returns>
    ValueTask<TurnRecord?> FindTurnAsync(string tenant, string conversationId, string turnId, CancellationToken cancellationToken = default);

    /// <summary>Lists the turns of a conversation that began last, in the order in which they did.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="last">How many at most. Must lie between 1 and 1,000.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>The turns; none where there is no such conversation, or none any more.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="last"/> lies outside of that range.</exception>
    ValueTask<IReadOnlyList<TurnRecord>> ListTurnsAsync(string tenant, string conversationId, int last = 100, CancellationToken cancellationToken = default);
}

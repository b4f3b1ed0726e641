namespace AiObs.Store;

/// <summary>Keeps what is known of users: facts and profiles. A conversation store that does not implement it keeps none.</summary>
/// <remarks>Texts are compared ordinally, and times to the tick. An implementation passes the tests of <c>FactStoreContract</c>.</remarks>
public interface IFactStore
{
    /// <summary>Does what a commit says, and raises the version of the user's facts by one.</summary>
    /// <param name="commit">What to do.</param>
    /// <param name="cancellationToken">Cancels it; then nothing of it is done.</param>
    /// <returns>The new version.</returns>
    /// <exception cref="ArgumentException">The commit contradicts itself, or an id or a key is empty or too long.</exception>
    /// <exception cref="FactConflictException">The facts have another version than expected, or the conversation was read further by somebody else.</exception>
    ValueTask<long> CommitFactsAsync(FactCommit commit, CancellationToken cancellationToken = default);

    /// <summary>Reads facts.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The facts, and the version that they were read at.</returns>
    ValueTask<UserFacts> ReadFactsAsync(FactQuery query, CancellationToken cancellationToken = default);

    /// <summary>Finds out how far a conversation was read for facts.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The number of the last message that was read; 0 where none was.</returns>
    ValueTask<long> FindFactPositionAsync(string tenant, string conversationId, CancellationToken cancellationToken = default);

    /// <summary>Finds a version of a user's profile.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="userId">The user.</param>
    /// <param name="version">Its number; by default the latest.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The profile; <see langword="null"/> where there is none.</returns>
    ValueTask<UserProfile?> FindProfileAsync(string tenant, string userId, int? version = null, CancellationToken cancellationToken = default);

    /// <summary>Erases the values of all facts of a user, believed or not, and the texts of all versions of the profile. Keys and times stay, and nothing is believed any more.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="userId">The user.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Cancels it; then nothing is erased.</param>
    /// <returns>What was erased; doing it again erases nothing.</returns>
    ValueTask<FactErasure> EraseFactsAsync(string tenant, string userId, DateTimeOffset at, CancellationToken cancellationToken = default);
}

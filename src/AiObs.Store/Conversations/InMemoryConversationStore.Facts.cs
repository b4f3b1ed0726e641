using AiObs.Store.Facts;
using AiObs.Store.Telemetry;

namespace AiObs.Store;

/// <content>What is known of users.</content>
public sealed partial class InMemoryConversationStore : IFactStore
{
    private readonly InMemoryFacts _facts;

    /// <inheritdoc/>
    public ValueTask<long> CommitFactsAsync(FactCommit commit, CancellationToken cancellationToken = default)
    {
        FactCheck.ThrowIfInvalid(commit);
        return RunAsync(StoreOperationNames.FactSave, commit.Position?.ConversationId, () => _facts.Commit(commit), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<UserFacts> ReadFactsAsync(FactQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return RunAsync(StoreOperationNames.FactGet, conversationId: null, () => _facts.Read(query), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> FindFactPositionAsync(string tenant, string conversationId, CancellationToken cancellationToken = default) =>
        RunAsync(StoreOperationNames.FactPositionLoad, conversationId, () => _facts.PositionOf(tenant, conversationId), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<UserProfile?> FindProfileAsync(string tenant, string userId, int? version = null, CancellationToken cancellationToken = default) => RunAsync(
        StoreOperationNames.ProfileGet, conversationId: null, () => _facts.FindProfile(tenant, userId, version), cancellationToken, StoreOutcomes.NotFoundIfNull);

    /// <inheritdoc/>
    public ValueTask<FactErasure> EraseFactsAsync(string tenant, string userId, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        RunAsync(StoreOperationNames.FactErase, conversationId: null, () => _facts.Erase(tenant, userId, at), cancellationToken);
}

using AiObs.Store;

namespace AiObs.Benchmarks.Conversations;

/// <summary>Conversations in memory.</summary>
internal sealed class ConversationsInMemory : IFilledStore
{
    private const int Capacity = 2_000_000;

    public IConversationStore Store { get; } = new InMemoryConversationStore(Capacity);

    public async Task FillAsync(string id, int count)
    {
        await Store.CommitAsync(Commits.Creating(id));
        var pattern = Commits.Make(id, withEvents: false);
        for (var sequence = 0; sequence < count; sequence += pattern.Messages.Count)
        {
            await Store.CommitAsync(pattern with
            {
                Messages = [.. pattern.Messages.Select(static message => message with { Id = Guid.NewGuid().ToString("N") })],
                Fork = sequence == count - IFilledStore.OnBranch ? new BranchPoint(0, sequence) : null,
                MakesCurrent = sequence == count - IFilledStore.OnBranch,
            });
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

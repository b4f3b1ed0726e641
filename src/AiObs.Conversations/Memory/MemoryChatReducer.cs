using AiObs.Memory;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Memory;

/// <summary>Strategies as a reducer of Microsoft.Extensions.AI.</summary>
internal sealed class MemoryChatReducer(IReadOnlyList<IMemoryStrategy> strategies, MemoryRequest request, Action<MemoryResult>? onReduced) : IChatReducer
{
    public async Task<IEnumerable<ChatMessage>> ReduceAsync(IEnumerable<ChatMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        MemoryItem[] items = [.. messages.Select(MemoryItem.Of)];
        var result = await MemoryPipeline.ApplyAsync(items, strategies, request, MemorySource.None, cancellationToken).ConfigureAwait(false);
        onReduced?.Invoke(result);
        return result.Messages;
    }
}

using AiObs.Conversations.Memory;
using AiObs.Memory;

namespace Microsoft.Extensions.AI;

/// <summary>Gives strategies to what takes a reducer of Microsoft.Extensions.AI: <c>UseChatReducer</c>, and the histories of Agent Framework.</summary>
public static class AiObsMemoryExtensions
{
    /// <summary>Makes a reducer of a strategy.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="request">The model, its window and what else the strategy needs to know; by default nothing is known.</param>
    /// <param name="onReduced">Gets each result, with the decisions, and with what failed and was done without.</param>
    /// <returns>A reducer, which serves many conversations at a time. It changes no message that it is given.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="strategy"/> is <see langword="null"/>.</exception>
    public static IChatReducer AsChatReducer(this IMemoryStrategy strategy, MemoryRequest? request = null, Action<MemoryResult>? onReduced = null)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        return new MemoryChatReducer([strategy], request ?? new(), onReduced);
    }

    /// <summary>Makes a reducer of several strategies, which work in the order of the list.</summary>
    /// <param name="strategies">The strategies.</param>
    /// <param name="request">The model, its window and what else the strategies need to know; by default nothing is known.</param>
    /// <param name="onReduced">Gets each result, with the decisions, and with what failed and was done without.</param>
    /// <returns>A reducer, which serves many conversations at a time. It changes no message that it is given.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="strategies"/> is <see langword="null"/>.</exception>
    public static IChatReducer AsChatReducer(this IEnumerable<IMemoryStrategy> strategies, MemoryRequest? request = null, Action<MemoryResult>? onReduced = null)
    {
        ArgumentNullException.ThrowIfNull(strategies);
        return new MemoryChatReducer([.. strategies], request ?? new(), onReduced);
    }
}

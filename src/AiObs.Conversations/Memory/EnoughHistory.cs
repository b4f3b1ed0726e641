using AiObs.Memory;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Memory;

/// <summary>Finds out whether a strategy would drop whatever is older than the messages that are read.</summary>
/// <param name="strategy">The strategy.</param>
/// <param name="request">What the messages are for.</param>
/// <param name="newest">The messages that are read, the newest first; the list grows.</param>
internal sealed class EnoughHistory(IMemoryStrategy strategy, MemoryRequest request, List<StoredMessage> newest)
{
    /// <summary>Estimates are corrected down to half of what they are, and not too little may be read.</summary>
    private const int LargestCorrection = 2;

    private readonly ITokenCounter _counter = request.TokenCounter ?? ITokenCounter.Estimate;
    private int _counted;
    private long _tokens;

    /// <summary>Returns how many of the messages are enough; <see langword="null"/> where more must be read.</summary>
    public int? Count()
    {
        // Nothing is parted at a question: calls and their results stand between two of them.
        var count = newest.FindLastIndex(static message => message.Role == ChatRole.User && message.CallIds.Count == 0) + 1;
        return count > 0 && HasEnough(count) && HasEnough(CountDroppable(count)) && !HasLateAnswer(count) ? count : null;

        bool HasEnough(int messages) => strategy.HasEnough(request, messages, () => CountTokens(count));
    }

    /// <summary>Counts those that strategies count: not what always stands, with what belongs to it, nor what no model is shown.</summary>
    private int CountDroppable(int count)
    {
        MemoryItem[] items = [.. newest.Take(count).Reverse().Select(MemoryItem.Of)];
        return MemoryGroups.Of(items, new TokenCounts(request.TokenCounter, request.Model, items))
            .Where(static group => group.Kind is not (MessageGroupKind.System or MessageGroupKind.Pinned))
            .Sum(static group => group.Count);
    }

    /// <summary>Tells whether any message answers a call that is older than all of them.</summary>
    private bool HasLateAnswer(int count)
    {
        var called = new HashSet<string>(StringComparer.Ordinal);
        for (var index = count - 1; index >= 0; index--)
        {
            var message = newest[index];
            if (message.Role == ChatRole.Assistant)
            {
                called.UnionWith(message.CallIds);
            }
            else if (!called.IsSupersetOf(message.CallIds))
            {
                return true;
            }
        }

        return false;
    }

    private long CountTokens(int count)
    {
        for (; _counted < count; _counted++)
        {
            _tokens += TokensOf(newest[_counted]);
        }

        return _tokens;
    }

    /// <summary>Counts tokens, too few rather than too many.</summary>
    private long TokensOf(StoredMessage message) => message.Status != MessageStatus.Complete
        ? 0
        : message.TokenCount ?? (_counter.Count(SendableContent.Of(message), request.Model) / (_counter.IsExact(request.Model) ? 1 : LargestCorrection));
}

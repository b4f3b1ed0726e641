using AiObs.Cost;
using AiObs.Dashboard.Mounting;
using AiObs.Store;

namespace AiObs.Dashboard.Conversations;

/// <summary>What the calls of a conversation took. Calls know the id of a conversation, and no tenant.</summary>
/// <param name="CallCount">How many there are.</param>
/// <param name="InputTokens">Their input tokens.</param>
/// <param name="OutputTokens">Their output tokens.</param>
/// <param name="Cost">What they cost; <see langword="null"/> where nothing is priced.</param>
internal sealed record ConversationUse(long CallCount, long? InputTokens, long? OutputTokens, CostSum? Cost)
{
    /// <summary>Reads what conversations took: as it was priced, and else as far as traces are kept.</summary>
    public static async ValueTask<IReadOnlyDictionary<string, ConversationUse>> ReadAsync(PageRequest page, IEnumerable<string>? ids, CancellationToken stop)
    {
        var uses = new Dictionary<string, ConversationUse>(StringComparer.Ordinal);
        foreach (var id in ids?.Distinct(StringComparer.Ordinal) ?? [])
        {
            if (await FindAsync(page, id, stop).ConfigureAwait(false) is { CallCount: > 0 } use)
            {
                uses[id] = use;
            }
        }

        return uses;
    }

    private static async ValueTask<ConversationUse?> FindAsync(PageRequest page, string id, CancellationToken stop)
    {
        if (page.Sources.Costs is { } tracking)
        {
            var sum = await tracking.Store.SumAsync(new() { ConversationId = id }, stop).ConfigureAwait(false);
            return new(sum.CallCount, sum.InputTokens, sum.OutputTokens, sum);
        }

        var traced = await page.Sources.Traces.ListTracedConversationsAsync(new TraceQuery { ConversationId = id, PageSize = 1 }, stop).ConfigureAwait(false);
        return traced.Conversations is [var found, ..] ? new(found.CallCount, found.InputTokens, found.OutputTokens, Cost: null) : null;
    }
}

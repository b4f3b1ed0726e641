using AiObs.Cost;
using AiObs.Dashboard.Mounting;

namespace AiObs.Dashboard.Conversations;

/// <summary>What conversations cost, as far as their calls were priced. Calls know the id of a conversation, and no tenant.</summary>
internal static class ConversationCosts
{
    public static async ValueTask<IReadOnlyDictionary<string, CostSum>> ReadAsync(PageRequest page, IEnumerable<string>? ids, CancellationToken stop)
    {
        var sums = new Dictionary<string, CostSum>(StringComparer.Ordinal);
        if (page.Sources.Costs is { } tracking)
        {
            foreach (var id in ids?.Distinct(StringComparer.Ordinal) ?? [])
            {
                sums[id] = await tracking.Store.SumAsync(new() { ConversationId = id }, stop).ConfigureAwait(false);
            }
        }

        return sums;
    }
}

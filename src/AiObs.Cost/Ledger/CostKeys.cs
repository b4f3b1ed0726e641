using System.Globalization;

namespace AiObs.Cost.Ledger;

/// <summary>Finds the values that a record is added up by.</summary>
internal static class CostKeys
{
    /// <summary>Gets what running totals are kept by, in the order of their values.</summary>
    public static IReadOnlyList<CostGrouping> Groupings { get; } = [.. Enum.GetValues<CostGrouping>().Where(static grouping => grouping != CostGrouping.Trace)];

    /// <summary>Returns the keys of a record: one, which is null where it has no such value, or each of its tags once.</summary>
    public static IEnumerable<string?> Of(CostRecord record, CostGrouping grouping) =>
        grouping == CostGrouping.Tag && record.Tags.Count > 0
            ? record.Tags.Distinct<string?>(StringComparer.Ordinal)
            : [KeyOf(record, grouping)];

    private static string? KeyOf(CostRecord record, CostGrouping grouping) => grouping switch
    {
        CostGrouping.User => record.UserId,
        CostGrouping.Conversation => record.ConversationId,
        CostGrouping.Session => record.SessionId,
        CostGrouping.Provider => record.Provider,
        CostGrouping.Model => record.Model,
        CostGrouping.Tag => null,
        CostGrouping.Day => record.Time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        CostGrouping.Agent => record.AgentName,
        CostGrouping.Trace => record.TraceId,
        _ => throw new ArgumentOutOfRangeException(nameof(grouping), grouping, "There is no such grouping."),
    };
}

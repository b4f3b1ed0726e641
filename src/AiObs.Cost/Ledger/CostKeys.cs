using System.Globalization;

namespace AiObs.Cost.Ledger;

/// <summary>Finds the values that a record is added up by.</summary>
internal static class CostKeys
{
    public static IReadOnlyList<CostGrouping> Groupings { get; } = Enum.GetValues<CostGrouping>();

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
        _ => throw new ArgumentOutOfRangeException(nameof(grouping), grouping, "There is no such grouping."),
    };
}

namespace AiObs.Cost;

/// <summary>The records that share a value, added up.</summary>
/// <param name="Key">The value; <see langword="null"/> for records that have none, and for the rest that <see cref="IsOther"/> marks.</param>
/// <param name="Sum">Their sum.</param>
public sealed record CostGroup(string? Key, CostSum Sum)
{
    /// <summary>Gets a value indicating whether this is the rest: keys that <see cref="CostAccumulator"/> no longer tells apart.</summary>
    public bool IsOther { get; init; }

    /// <summary>Sorts by amount, the largest first and the rest last, so that every implementation answers in the same order.</summary>
    internal static IReadOnlyList<CostGroup> Sort(List<CostGroup> groups)
    {
        groups.Sort(static (left, right) =>
            left.IsOther != right.IsOther ? left.IsOther.CompareTo(right.IsOther)
            : left.Sum.Total != right.Sum.Total ? right.Sum.Total.CompareTo(left.Sum.Total)
            : string.CompareOrdinal(left.Key, right.Key));
        return groups;
    }
}

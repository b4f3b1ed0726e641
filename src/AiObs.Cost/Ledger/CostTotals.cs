namespace AiObs.Cost;

/// <summary>What a <see cref="CostAccumulator"/> had added up at one moment.</summary>
public sealed class CostTotals
{
    private readonly IReadOnlyList<CostGroup>[] _groups;

    internal CostTotals(CostSum total, IReadOnlyList<CostGroup>[] groups, long rolledCount)
    {
        Total = total;
        RolledCount = rolledCount;
        _groups = groups;
    }

    /// <summary>Gets the sum of everything.</summary>
    public CostSum Total { get; }

    /// <summary>Gets how many times a key rolled into the rest because its grouping was full.</summary>
    public long RolledCount { get; }

    /// <summary>Gets the rows of a grouping, the largest amount first and the rest last. They add up to <see cref="Total"/>, except by tag.</summary>
    /// <param name="grouping">The grouping.</param>
    /// <returns>The rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such grouping.</exception>
    public IReadOnlyList<CostGroup> By(CostGrouping grouping)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)grouping, (uint)_groups.Length, nameof(grouping));
        return _groups[(int)grouping];
    }
}

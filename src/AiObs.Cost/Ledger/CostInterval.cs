namespace AiObs.Cost;

/// <summary>What calls cost that started within a span of time.</summary>
/// <param name="Start">When it starts, in UTC; the next one starts when it ends.</param>
/// <param name="Sum">All of its records; <see cref="CostSum.Zero"/> where it has none.</param>
/// <param name="Groups">
/// The records by key, of those keys that are told apart in the whole series, and the rest as <see cref="CostGroup.IsOther"/>: the largest amount first and the rest last. A key
/// without records in this span is left out. Empty where no grouping was asked for.
/// </param>
public sealed record CostInterval(DateTimeOffset Start, CostSum Sum, IReadOnlyList<CostGroup> Groups)
{
    /// <summary>Says whether another interval says the same.</summary>
    /// <param name="other">The other interval.</param>
    /// <returns><see langword="true"/> if start, sum and groups are equal.</returns>
    public bool Equals(CostInterval? other) => other is not null && Start == other.Start && Sum == other.Sum && Groups.SequenceEqual(other.Groups);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Start, Sum, Groups.Count);
}

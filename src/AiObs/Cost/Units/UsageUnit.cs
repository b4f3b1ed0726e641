using System.Numerics;
using AiObs.Operations;

namespace AiObs.Cost.Units;

/// <summary>One thing that usage counts, and what its price is for.</summary>
internal sealed class UsageUnit
{
    /// <summary>Families that measure what was sent and made. A call can be counted in several of them and is billed by one.</summary>
    private static readonly string[] ContentFamilies = ["tokens", "characters", "document_pages", "durations", "messages", "pixels"];

    public required string UsageKey { get; init; }

    public required string PriceKey { get; init; }

    public required long Per { get; init; }

    public required string Family { get; init; }

    public required CostDirection Direction { get; init; }

    /// <summary>Gets a bit for each pair of dimension and value; a unit contains another when it has fewer of the same.</summary>
    public required ulong Dimensions { get; init; }

    /// <summary>Gets the position in the registry, which is also the order of a receipt's lines.</summary>
    public required int Index { get; init; }

    /// <summary>Gets the units that this one is a part of.</summary>
    public required ulong Containers { get; init; }

    /// <summary>Gets the units that are parts of this one.</summary>
    public required ulong Parts { get; init; }

    public ulong Bit => 1UL << Index;

    public int Depth => BitOperations.PopCount(Dimensions);

    public bool MeasuresContent => ContentFamilies.Contains(Family);
}

using System.Numerics;
using AiObs.Operations;

namespace AiObs.Cost.Units;

/// <summary>A unit as the registry's data has it, before its place among the others is known.</summary>
internal sealed record UnitDefinition(string UsageKey, string PriceKey, long Per, string Family, CostDirection Direction, ulong Dimensions)
{
    public int Depth => BitOperations.PopCount(Dimensions);

    public bool Contains(UnitDefinition other) => Dimensions != other.Dimensions && (Dimensions & other.Dimensions) == Dimensions;

    /// <summary>Orders units by direction, with those that have none at the end, then containers before parts, then by name.</summary>
    public static int Compare(UnitDefinition left, UnitDefinition right)
    {
        if (left.Direction != right.Direction)
        {
            return Rank(left.Direction) - Rank(right.Direction);
        }

        return left.Depth != right.Depth ? left.Depth - right.Depth : string.CompareOrdinal(left.UsageKey, right.UsageKey);
    }

    private static int Rank(CostDirection direction) => direction == CostDirection.None ? int.MaxValue : (int)direction;
}

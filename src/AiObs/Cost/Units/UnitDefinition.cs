using System.Numerics;

namespace AiObs.Cost.Units;

/// <summary>A unit as the registry's data has it, before its place among the others is known.</summary>
internal sealed record UnitDefinition(string UsageKey, string PriceKey, long Per, string Family, CostDirection Direction, ulong Dimensions)
{
    public int Depth => BitOperations.PopCount(Dimensions);

    public bool Contains(UnitDefinition other) => Dimensions != other.Dimensions && (Dimensions & other.Dimensions) == Dimensions;
}

using AiObs.Operations;

namespace AiObs.Cost.Pricing;

/// <summary>Multiplies quantities by rates, in decimal.</summary>
internal static class PriceCalculator
{
    /// <summary>Makes the receipt of a usage under a price. Never throws: a usage that contradicts itself comes back unpriced, with the reason.</summary>
    /// <param name="price">The price.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="usage">What was used.</param>
    /// <param name="factors">Multipliers on all rates.</param>
    /// <param name="isEstimated">Whether the usage was estimated.</param>
    public static CostReceipt Calculate(
        ModelPrice price, PriceSource source, UsageQuantities usage, CostFactor[] factors, bool isEstimated)
    {
        var calculation = new PriceCalculation(price, source, usage, factors, isEstimated);
        try
        {
            return calculation.Run();
        }
        catch (OverflowException)
        {
            return calculation.Unpriced("the amount is too large to be computed");
        }
    }
}

namespace AiObs.Cost.Pricing;

/// <summary>What one call used, and whether that was reported or estimated.</summary>
/// <param name="Quantities">The inclusive quantities.</param>
/// <param name="IsEstimated">Whether any of them was estimated.</param>
/// <param name="Reason">Why it was estimated, or is not known at all.</param>
internal readonly record struct CallUsage(UsageQuantities Quantities, bool IsEstimated, string? Reason);

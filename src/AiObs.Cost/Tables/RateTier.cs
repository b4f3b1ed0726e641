namespace AiObs.Cost.Pricing;

/// <summary>A rate for large calls.</summary>
/// <param name="Start">The number of input tokens, cached ones included, that a call must exceed.</param>
/// <param name="Rate">The rate in USD; it then holds for the whole quantity, not only for the part above.</param>
public readonly record struct RateTier(long Start, decimal Rate);

namespace AiObs.Operations;

/// <summary>One bucket of a receipt: a quantity that no other line counts, its rate and the product.</summary>
/// <param name="Unit">The usage key, such as <c>cache_read_tokens</c>.</param>
/// <param name="Direction">Whether it belongs to the input, the output or neither.</param>
/// <param name="Quantity">How much of it was used, without the parts that have lines of their own.</param>
/// <param name="Rate">What <paramref name="Per"/> of it cost in USD, multipliers included.</param>
/// <param name="Per">How many units the rate is for, such as 1,000,000 tokens.</param>
/// <param name="Amount"><paramref name="Quantity"/> × <paramref name="Rate"/> / <paramref name="Per"/>, in USD, not rounded.</param>
public readonly record struct CostLine(
    string Unit, CostDirection Direction, decimal Quantity, decimal Rate, long Per, decimal Amount);

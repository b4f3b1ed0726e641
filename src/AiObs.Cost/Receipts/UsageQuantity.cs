namespace AiObs.Cost;

/// <summary>How much of one unit a call used.</summary>
/// <param name="Unit">The usage key, such as <c>input_tokens</c>.</param>
/// <param name="Value">The quantity; fractions occur in seconds and pages.</param>
public readonly record struct UsageQuantity(string Unit, decimal Value);

namespace AiObs.Cost;

/// <summary>A multiplier on all rates of a receipt, and why it applies.</summary>
/// <param name="Name">What it comes from, such as <c>service tier batch</c> or <c>region eu</c>.</param>
/// <param name="Value">The multiplier, such as 0.5.</param>
public readonly record struct CostFactor(string Name, decimal Value);

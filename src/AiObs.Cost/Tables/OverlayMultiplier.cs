namespace AiObs.Cost.Tables;

/// <summary>What the rates of a provider are multiplied by on a service tier, at a speed, or in a region.</summary>
/// <param name="Kind">Which of them, as <see cref="PriceOverlay"/> names it.</param>
/// <param name="Name">The tier, speed or region.</param>
/// <param name="Provider">The provider's id in the price table.</param>
/// <param name="Rule">The id of the rule that it is for; <see langword="null"/> where it is for all of the provider's.</param>
/// <param name="Value">The multiplier.</param>
/// <param name="MaxInputTokens">The largest input that it is known for; <see langword="null"/> where it holds for any.</param>
internal sealed record OverlayMultiplier(string Kind, string Name, string Provider, string? Rule, decimal Value, long? MaxInputTokens)
{
    public bool Holds(string provider, string rule, decimal inputTokens) =>
        Provider == provider
        && (Rule is null || string.Equals(Rule, rule, StringComparison.OrdinalIgnoreCase))
        && !(inputTokens > MaxInputTokens);
}

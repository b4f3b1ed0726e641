namespace AiObs.Cost.Pricing;

/// <summary>What a price depends on beside the model and the time.</summary>
/// <param name="Override">The call's own source of prices.</param>
/// <param name="ServiceTier">The tier that the call was served on, such as <c>batch</c>, <c>flex</c> or <c>priority</c>.</param>
/// <param name="Region">The region or data zone that served it.</param>
/// <param name="Speed">The speed that it was served at, such as <c>fast</c>.</param>
/// <param name="Table">The table that was in force when the call started; <see langword="null"/> for the one that is now.</param>
internal readonly record struct PriceTerms(IPricingProvider? Override, string? ServiceTier, string? Region, string? Speed = null, IPriceTable? Table = null);

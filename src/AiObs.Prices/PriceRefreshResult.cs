namespace AiObs.Cost.Pricing;

/// <summary>What came of a refresh of prices, and what is in force after it.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Version">The version of the table in force, as receipts name it.</param>
/// <param name="Reason">Why the table was rejected, or none could be fetched; otherwise <see langword="null"/>.</param>
public sealed record PriceRefreshResult(PriceRefreshOutcome Outcome, string Version, string? Reason = null);

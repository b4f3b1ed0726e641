namespace AiObs.Operations;

/// <summary>How far an amount can be trusted.</summary>
public enum CostCompleteness
{
    /// <summary>Every quantity was reported and every bucket has a rate.</summary>
    Exact,

    /// <summary>A quantity was estimated from the text that was delivered, because the provider reported none.</summary>
    Estimated,

    /// <summary>Something that was used has no rate, or was not reported; the amount is a lower bound.</summary>
    Partial,

    /// <summary>No price or no usage is known; there is no amount, which is not the same as zero.</summary>
    Unpriced,
}

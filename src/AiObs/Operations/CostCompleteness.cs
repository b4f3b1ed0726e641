namespace AiObs.Operations;

/// <summary>How far an amount can be trusted.</summary>
public enum CostCompleteness
{
    /// <summary>Every quantity was reported and has a rate of its own, or is one that is billed by its whole; or the amount is the provider's own.</summary>
    Exact,

    /// <summary>A quantity, or a rate, is near to the right one: tokens counted from the text because none were reported, or a cache at the rate of the input.</summary>
    Estimated,

    /// <summary>Something that was used has no rate, or was not reported, or a multiplier is not known; the amount is a part of what was paid, as a rule.</summary>
    Partial,

    /// <summary>No price or no usage is known; there is no amount, which is not the same as zero.</summary>
    Unpriced,
}

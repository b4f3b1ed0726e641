using AiObs.Operations;

namespace AiObs.Cost.Pricing;

/// <summary>What the rates of a model leave open of a usage.</summary>
/// <param name="Completeness">How far the amount can be trusted at most.</param>
/// <param name="Reason">What is open; <see langword="null"/> where nothing is.</param>
internal readonly record struct UsageGap(CostCompleteness Completeness, string? Reason)
{
    /// <summary>Returns both together: the worse of the two, and all reasons.</summary>
    public UsageGap And(UsageGap other) => other.Reason is null ? this
        : Reason is null ? other
        : new(Completeness > other.Completeness ? Completeness : other.Completeness, $"{Reason}; {other.Reason}");
}

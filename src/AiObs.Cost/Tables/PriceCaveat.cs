using AiObs.Operations;

namespace AiObs.Cost.Tables;

/// <summary>Why the rates of a price are not certainly those of the model that was asked for.</summary>
/// <param name="Completeness">How far an amount can be trusted at most.</param>
/// <param name="Reason">Why.</param>
internal sealed record PriceCaveat(CostCompleteness Completeness, string Reason)
{
    /// <summary>Returns both together: the worse of the two, and both reasons.</summary>
    public PriceCaveat And(PriceCaveat other) =>
        new(Completeness > other.Completeness ? Completeness : other.Completeness, $"{Reason}; {other.Reason}");
}

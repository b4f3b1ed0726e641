using AiObs.Soak.Reckoning;

namespace AiObs.Soak.Books;

/// <summary>Translates how far an amount can be trusted, which spans and events say in the same words.</summary>
internal static class CostWords
{
    /// <summary>Returns what a cost counts to; nothing where there is none.</summary>
    /// <exception cref="InvalidOperationException">The word is not one that the load can lead to.</exception>
    public static IEnumerable<(Measure Measure, decimal Amount)> Describe(string? completeness, decimal amount) => completeness switch
    {
        null => [],
        "exact" => [(Measure.ExactCosts, 1), (Measure.ExactAmount, amount)],
        "estimated" => [(Measure.EstimatedCosts, 1), (Measure.EstimatedAmount, amount)],
        "unpriced" => [(Measure.UnpricedCosts, 1)],
        _ => throw new InvalidOperationException($"No call of the soak should cost '{completeness}'."),
    };
}

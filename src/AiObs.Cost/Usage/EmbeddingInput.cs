namespace AiObs.Cost.Usage;

/// <summary>What an embedding request asks for: texts, whose tokens are estimated, or tokens, which are counted.</summary>
/// <param name="Tokens">The tokens; 0 where the input is neither.</param>
/// <param name="HighestTokens">The most that they can be.</param>
/// <param name="IsKnown">Whether the input is one of the two.</param>
/// <param name="IsCounted">Whether the tokens are no estimate.</param>
internal readonly record struct EmbeddingInput(long Tokens, long HighestTokens, bool IsKnown, bool IsCounted)
{
    /// <summary>Measures the values of a request.</summary>
    public static EmbeddingInput Of(object? values) => values switch
    {
        IEnumerable<string> texts => Estimate(texts),
        IEnumerable<IReadOnlyCollection<int>> lists => Count(lists),
        _ => default,
    };

    private static EmbeddingInput Estimate(IEnumerable<string> texts)
    {
        var (tokens, highest) = (0L, 0L);
        foreach (var text in texts)
        {
            var measure = default(TextMeasure);
            measure.Add(text);
            tokens += measure.Tokens;
            highest += measure.HighestTokens;
        }

        return new(tokens, highest, IsKnown: true, IsCounted: false);
    }

    private static EmbeddingInput Count(IEnumerable<IReadOnlyCollection<int>> lists)
    {
        var tokens = 0L;
        foreach (var list in lists)
        {
            tokens += list.Count;
        }

        return new(tokens, tokens, IsKnown: true, IsCounted: true);
    }
}

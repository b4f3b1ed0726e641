using AiObs.Soak.Reckoning;
using FakeModelServer;

namespace AiObs.Soak.Books;

/// <summary>Translates the tokens of a whole answer.</summary>
internal static class TokenWords
{
    public static IEnumerable<(Measure Measure, decimal Amount)> Describe(ModelUsage usage) =>
    [
        (Measure.InputTokens, usage.InputTokens),
        (Measure.CacheReadTokens, usage.CacheReadTokens),
        (Measure.CacheWriteTokens, usage.CacheWriteTokens),
        (Measure.OutputTokens, usage.OutputTokens),
    ];
}

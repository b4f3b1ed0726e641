using FakeModelServer;

namespace AiObs.Soak.Load;

/// <summary>What the models of the soak cost, written down here a second time so that the library does not check itself.</summary>
internal static class KnownPrices
{
    public const string Large = "claude-sonnet-4-5";
    public const string Small = "claude-haiku-4-5";

    /// <summary>A model whose price only the application knows.</summary>
    public const string Agreed = "house-model-agreed";

    /// <summary>A model whose price nobody knows.</summary>
    public const string Unpriced = "house-model-secret";

    public const string Embeddings = "text-embedding-3-small";

    public const decimal AgreedInput = 2m;
    public const decimal AgreedOutput = 8m;

    private const decimal Unit = 1_000_000m;

    /// <summary>Returns what a whole answer costs in USD; null when nobody knows.</summary>
    public static decimal? CostOf(string model, ModelUsage usage) => model switch
    {
        Large => Add(usage, input: 3m, read: 0.3m, written: 3.75m, output: 15m),
        Small => Add(usage, input: 1m, read: 0.1m, written: 1.25m, output: 5m),
        Agreed => Add(usage, AgreedInput, AgreedInput, AgreedInput, AgreedOutput),
        Embeddings => Add(usage, input: 0.02m, read: 0m, written: 0m, output: 0m),
        _ => null,
    };

    private static decimal Add(ModelUsage usage, decimal input, decimal read, decimal written, decimal output) =>
        (((usage.InputTokens - usage.CacheReadTokens - usage.CacheWriteTokens) * input)
            + (usage.CacheReadTokens * read)
            + (usage.CacheWriteTokens * written)
            + (usage.OutputTokens * output)) / Unit;
}

using Microsoft.Extensions.AI;

namespace AiObs.Benchmarks.Workloads;

/// <summary>What calls ask for: five options, the same ones or others each time.</summary>
internal static class OptionSets
{
    private const int Count = 64;

    /// <summary>Gets what every call asks for.</summary>
    public static IReadOnlyList<ChatOptions> One { get; } = [Of(0)];

    /// <summary>Gets more than anybody would remember.</summary>
    public static IReadOnlyList<ChatOptions> Many { get; } = [.. Enumerable.Range(0, Count).Select(Of)];

    private static ChatOptions Of(int index) => new()
    {
        ModelId = "gpt-4o",
        Temperature = 0.5f + (index / 1_000f),
        TopP = 0.9f,
        MaxOutputTokens = 500 + index,
        Seed = 42 + index,
    };
}

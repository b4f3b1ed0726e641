using AiObs.Benchmarks.Workloads;

namespace AiObs.Benchmarks.Quick;

/// <summary>What the bridge adds to spans of other libraries, against the same spans without it.</summary>
internal static class BridgeComparisons
{
    public static IReadOnlyList<Func<Comparison>> All { get; } =
    [
        static () => new(
            "span of a source that is not bridged",
            ForeignSpan.Chat(isBridged: true, isKnown: false),
            ForeignSpan.Chat(isBridged: false),
            MaxRatio: 0.1,
            MaxBytes: 0),
        static () => new(
            "bridged tool, no content",
            ForeignSpan.Tool(isBridged: true),
            ForeignSpan.Tool(isBridged: false),
            MaxRatio: 3,
            MaxBytes: 2_048),
        static () => new(
            "bridged chat, no content",
            ForeignSpan.Chat(isBridged: true),
            ForeignSpan.Chat(isBridged: false),
            MaxRatio: 8,
            MaxBytes: 4_096),
        static () => new(
            "bridged chat, no content, priced",
            ForeignSpan.Chat(isBridged: true, isPriced: true),
            ForeignSpan.Chat(isBridged: false),
            MaxRatio: 10,
            MaxBytes: 6_144),
    ];
}

using AiObs.Benchmarks.Workloads;

namespace AiObs.Benchmarks.Quick;

/// <summary>What the bridge adds to spans of other libraries, in bare activities: nothing that a user would pick instead does this.</summary>
internal static class BridgeComparisons
{
    public static IReadOnlyList<Func<Comparison>> All { get; } =
    [
        static () => new(
            "span of a source that is not bridged",
            new(ForeignSpan.Chat(isBridged: true, isKnown: false), ForeignSpan.Chat(isBridged: false)),
            Bare(),
            MaxRatio: 0.1,
            MaxBytes: 0),
        static () => new(
            "bridged tool, no content",
            new(ForeignSpan.Tool(isBridged: true), ForeignSpan.Tool(isBridged: false)),
            Bare(),
            MaxRatio: 3,
            MaxBytes: 2_048),
        static () => new(
            "bridged chat, no content",
            new(ForeignSpan.Chat(isBridged: true), ForeignSpan.Chat(isBridged: false)),
            Bare(),
            MaxRatio: 8,
            MaxBytes: 4_096),
        static () => new(
            "bridged chat, no content, priced",
            new(ForeignSpan.Chat(isBridged: true, isPriced: true), ForeignSpan.Chat(isBridged: false)),
            Bare(),
            MaxRatio: 10,
            MaxBytes: 6_144),
    ];

    private static Difference Bare() => new(new BareActivity(), new Nothing());
}

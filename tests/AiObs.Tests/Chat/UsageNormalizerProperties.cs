using AiObs.Operations;
using AiObs.Recording;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

/// <summary>Whatever a provider reports: no count is negative, and no part is larger than what it is part of.</summary>
public sealed class UsageNormalizerProperties
{
    private static readonly Gen<long?> Count = Gen.Frequency<long?>(
        (3, Gen.Constant<long?>(null)),
        (4, Gen.Choose(0, 300).Select(static count => (long?)count)),
        (2, Gen.Elements<long?>(-1, 0, 1, int.MaxValue, long.MinValue, long.MaxValue, long.MaxValue - 1)));

    private static readonly Gen<UsageDetails> Usages =
        from counts in Count.ListOf(9)
        from further in Gen.Zip(Gen.Elements("CacheCreationInputTokens", "cached_tokens", "reasoning_tokens", "input_tool_tokens", "input_audio_tokens", "own"), Count).ListOf()
        select Usage(counts, further);

    [Fact]
    public void Normalize_AnyUsage_HasNoNegativeCountAndNoPartAboveItsWhole() => Fuzz.Check(
        Usages, static usage => AssertSound(UsageNormalizer.Normalize(usage)), cases: 1_000);

    [Fact]
    public void Plus_AnyUsages_HasNoNegativeCount() => Fuzz.Check(
        Usages.Select(static usage => UsageNormalizer.Normalize(usage)).ListOf(),
        static usages => AssertNotNegative(usages.OfType<TokenUsage>().Aggregate(new TokenUsage(), static (sum, next) => sum.Plus(next))),
        cases: 300);

    [Fact]
    public void Add_AnyReportsOfAStream_HasNoNegativeCountAndNoPartAboveItsWhole() => Fuzz.Check(
        Gen.Zip(Usages, Gen.Elements("r1", "r2", null)).ListOf(),
        static reports =>
        {
            var accumulator = new UsageAccumulator();
            foreach (var (usage, response) in reports)
            {
                accumulator.Add(usage, response);
            }

            AssertSound(UsageNormalizer.Normalize(accumulator.Total));
        },
        cases: 300);

    private static void AssertSound(TokenUsage? usage)
    {
        if (usage is null)
        {
            return;
        }

        AssertNotNegative(usage);
        Assert.False(usage.CacheRead > usage.Input, $"{usage}");
        Assert.False(usage.CacheWrite > usage.Input, $"{usage}");
        Assert.False(usage.Reasoning > usage.Output, $"{usage}");
        Assert.False(usage.Input > usage.Total || usage.Output > usage.Total, $"{usage}");
    }

    private static void AssertNotNegative(TokenUsage usage)
    {
        long?[] counts =
        [
            usage.Input, usage.Output, usage.Total, usage.CacheRead, usage.CacheWrite, usage.Reasoning, usage.InputAudio, usage.InputText, usage.OutputAudio,
            usage.OutputText,
        ];
        Assert.DoesNotContain(counts, static count => count < 0);
    }

    private static UsageDetails Usage(List<long?> counts, IEnumerable<(string Key, long? Count)> further) => new()
    {
        InputTokenCount = counts[0],
        OutputTokenCount = counts[1],
        TotalTokenCount = counts[2],
        CachedInputTokenCount = counts[3],
        ReasoningTokenCount = counts[4],
#pragma warning disable MEAI001 // The counts are experimental, and read by us.
        InputAudioTokenCount = counts[5],
        InputTextTokenCount = counts[6],
        OutputAudioTokenCount = counts[7],
        OutputTextTokenCount = counts[8],
#pragma warning restore MEAI001
        AdditionalCounts = new(further.Where(static one => one.Count is not null).DistinctBy(static one => one.Key)
            .ToDictionary(static one => one.Key, static one => one.Count!.Value)),
    };
}

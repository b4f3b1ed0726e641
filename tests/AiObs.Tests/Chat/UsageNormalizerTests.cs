using AiObs.Operations;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class UsageNormalizerTests
{
    public static TheoryData<string, string> Spellings
    {
        get
        {
            var spellings = new TheoryData<string, string>();
            Add(nameof(TokenUsage.CacheRead), "CacheReadInputTokens", "cache_read_input_tokens", "InputTokenDetails.CachedTokenCount",
                "CachedContentTokenCount", "cached_tokens", "CachedTokens", "CacheReadTokens", "cache_read_tokens");
            Add(nameof(TokenUsage.CacheWrite), "CacheCreationInputTokens", "cache_creation_input_tokens", "CacheWriteInputTokens",
                "cache_write_input_tokens", "CacheWriteTokens", "cache_write_tokens", "CacheCreationTokens",
                "InputTokenDetails.CacheWriteTokenCount", "CacheWriteTokenCount");
            Add(nameof(TokenUsage.Reasoning), "OutputTokenDetails.ReasoningTokenCount", "reasoning_tokens", "ReasoningTokens", "ThoughtsTokenCount");
            Add(nameof(TokenUsage.InputAudio), "InputTokenDetails.AudioTokenCount", "input_audio_tokens");
            Add(nameof(TokenUsage.OutputAudio), "OutputTokenDetails.AudioTokenCount", "output_audio_tokens");
            return spellings;

            void Add(string member, params string[] keys)
            {
                foreach (var key in keys)
                {
                    spellings.Add(key, member);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Normalize_AdditionalCount_IsFoundUnderEverySpelling(string key, string member)
    {
        var counts = new AdditionalPropertiesDictionary<long> { [key] = 3 };

        var usage = UsageNormalizer.Normalize(new() { InputTokenCount = 10, OutputTokenCount = 5, AdditionalCounts = counts });

        var expected = new TokenUsage { Input = 10, Output = 5, Total = 15, AdditionalCounts = counts };
        Assert.Equal(
            member switch
            {
                nameof(TokenUsage.CacheRead) => expected with { CacheRead = 3 },
                nameof(TokenUsage.CacheWrite) => expected with { CacheWrite = 3 },
                nameof(TokenUsage.Reasoning) => expected with { Reasoning = 3 },
                nameof(TokenUsage.InputAudio) => expected with { InputAudio = 3 },
                _ => expected with { OutputAudio = 3 },
            },
            usage);
    }

    [Fact]
    public void Normalize_KnownCounts_BeatAdditionalOnes()
    {
        var counts = new AdditionalPropertiesDictionary<long> { ["cached_tokens"] = 1, ["reasoning_tokens"] = 1 };

        var usage = UsageNormalizer.Normalize(
            new() { InputTokenCount = 10, CachedInputTokenCount = 4, ReasoningTokenCount = 2, AdditionalCounts = counts });

        Assert.Equal((4, 2), (usage!.CacheRead, usage.Reasoning));
    }

    [Theory]
    [InlineData(10L, 8L, 2L, 10L)]
    [InlineData(10L, 8L, 3L, 21L)]
    [InlineData(10L, 11L, null, 21L)]
    [InlineData(10L, null, 11L, 21L)]
    [InlineData(0L, 5L, null, 5L)]
    [InlineData(null, 5L, 5L, null)]
    public void Normalize_MoreCachedTokensThanTokensWhereTheyAreCountedBeside_MeansTheInputExcludesThem(long? input, long? read, long? write, long? total)
    {
        var named = Cached(read is null ? null : "cache_read_input_tokens", read, "CacheCreationInputTokens", write);
        var byProvider = Cached(null, null, "cache_write_tokens", write);

        var usages = new[]
        {
            UsageNormalizer.Normalize(new() { InputTokenCount = input, AdditionalCounts = named }),
            UsageNormalizer.Normalize(new() { InputTokenCount = input, CachedInputTokenCount = read, AdditionalCounts = byProvider }, "anthropic"),
            UsageNormalizer.Normalize(new() { InputTokenCount = input, CachedInputTokenCount = read, AdditionalCounts = byProvider }, "aws.bedrock"),
        };

        Assert.All(usages, usage => Assert.Equal((total, read, write, false), (usage!.Input, usage.CacheRead, usage.CacheWrite, usage.IsCacheCut)));
    }

    [Theory]
    [InlineData(10L, 8L, 2L, 8L, 2L, false)]
    [InlineData(10L, 8L, 3L, 8L, 2L, true)]
    [InlineData(10L, 11L, null, 10L, null, true)]
    [InlineData(10L, 11L, 3L, 10L, 0L, true)]
    [InlineData(10L, null, 11L, null, 10L, true)]
    public void Normalize_MoreCachedTokensThanTokensOfWhichTheyAreAPart_CutsThem(
        long input, long? read, long? write, long? readLeft, long? writeLeft, bool isCut)
    {
        var usage = UsageNormalizer.Normalize(
            new() { InputTokenCount = input, CachedInputTokenCount = read, AdditionalCounts = Cached(null, null, "cache_write_tokens", write) }, "openai");

        Assert.Equal((input, readLeft, writeLeft, isCut), (usage!.Input, usage.CacheRead, usage.CacheWrite, usage.IsCacheCut));
    }

    [Theory]
    [InlineData(0, 0, 0, 100, 50)]
    [InlineData(20, 20, 0, 100, 70)]
    [InlineData(30, 20, 10, 110, 70)]
    [InlineData(10, 20, 10, 110, 50)]
    [InlineData(30, 20, 0, 130, 50)]
    [InlineData(50, 20, 0, 130, 70)]
    [InlineData(-10, 20, 10, 100, 50)]
    public void Normalize_TotalAboveInputAndOutput_TellsWhichPartsTheyExclude(int more, int reasoning, int toolPrompt, int input, int output)
    {
        var counts = new AdditionalPropertiesDictionary<long> { ["ToolUsePromptTokenCount"] = toolPrompt, ["CacheWriteInputTokens"] = 10 };

        var usage = UsageNormalizer.Normalize(new()
        {
            InputTokenCount = 100,
            OutputTokenCount = 50,
            TotalTokenCount = 150 + more,
            CachedInputTokenCount = 20,
            ReasoningTokenCount = reasoning,
            AdditionalCounts = counts,
        });

        Assert.Equal((input, output, input + output), (usage!.Input, usage.Output, usage.Total));
    }

    [Fact]
    public void Normalize_TotalAboveAllParts_IsKept()
    {
        var usage = UsageNormalizer.Normalize(new() { InputTokenCount = 1_000, OutputTokenCount = 20, TotalTokenCount = 1_520, ReasoningTokenCount = 7 });

        Assert.Equal((1_000, 20, 1_520), (usage!.Input, usage.Output, usage.Total));
    }

    [Theory]
    [InlineData(50, 50)]
    [InlineData(51, 101)]
    public void Normalize_MoreReasoningThanOutput_MeansTheOutputExcludesIt(int reasoning, int output)
    {
        var usage = UsageNormalizer.Normalize(new() { InputTokenCount = 100, OutputTokenCount = 50, ReasoningTokenCount = reasoning });

        Assert.Equal(output, usage!.Output);
    }

    [Theory]
    [InlineData(7L, 3L, 9L, 10L)]
    [InlineData(7L, 3L, 99L, 99L)]
    [InlineData(7L, null, 99L, 99L)]
    [InlineData(null, 3L, 99L, 99L)]
    [InlineData(7L, null, null, null)]
    [InlineData(0L, 0L, null, 0L)]
    public void Normalize_Total_IsTheSumWhereBothAreKnown(long? input, long? output, long? given, long? total)
    {
        var usage = UsageNormalizer.Normalize(new() { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = given });

        Assert.Equal(total, usage!.Total);
    }

    private static AdditionalPropertiesDictionary<long>? Cached(string? readKey, long? read, string writeKey, long? write)
    {
        var counts = new AdditionalPropertiesDictionary<long>();
        if (readKey is not null && read is { } known)
        {
            counts[readKey] = known;
        }

        if (write is { } written)
        {
            counts[writeKey] = written;
        }

        return counts.Count == 0 ? null : counts;
    }

    [Fact]
    public void Normalize_NothingKnown_IsNoUsage()
    {
        Assert.Null(UsageNormalizer.Normalize(null));
        Assert.Null(UsageNormalizer.Normalize(new()));
        Assert.Null(UsageNormalizer.Normalize(new() { AdditionalCounts = [] }));
    }

    [Fact]
    public void Normalize_CountsOfTheProvidersOwn_AreKept()
    {
        var counts = new AdditionalPropertiesDictionary<long> { ["WebSearchRequests"] = 2 };

        Assert.Equal(new TokenUsage { AdditionalCounts = counts }, UsageNormalizer.Normalize(new() { AdditionalCounts = counts }));
    }
}

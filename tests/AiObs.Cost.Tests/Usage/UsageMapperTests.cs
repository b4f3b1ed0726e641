using AiObs.Cost.Pricing;
using AiObs.Cost.Tests.Pricing;
using AiObs.Cost.Usage;
using AiObs.Operations;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Cost.Tests.Usage;

public sealed class UsageMapperTests
{
    public static TheoryData<string> Connectors => [.. UsageFixtures.All.Keys];

    [Theory]
    [MemberData(nameof(Connectors))]
    public void Map_ShapeOfAConnector_IsWhatWasUsedAndNothingIsMissing(string connector)
    {
        var (reported, used) = UsageFixtures.All[connector];

        var usage = MappedUsage.Map(reported, connector.EndsWith("embeddings", StringComparison.Ordinal) ? OperationKind.Embeddings : OperationKind.Chat);

        Assert.Equal(used, usage.Quantities.Text());
        Assert.Equal((false, false, null), (usage.IsEstimated, usage.IsPartial, usage.Reason));
    }

    [Theory]
    [MemberData(nameof(Connectors))]
    public void Map_ShapeOfAConnector_ContradictsNoPriceOfTheTable(string connector)
    {
        var usage = MappedUsage.Map(UsageFixtures.All[connector].Reported);
        using var prices = new PriceBookFixture();
        using var book = new PriceBook(new(), [], prices.Faults, new FakeLogger(prices.Logs, "prices"), prices.Clock, new CurrentTable());

        foreach (var (model, provider) in new[] { ("gpt-realtime", "openai"), ("gemini-2.5-flash", "google"), ("claude-sonnet-4-5", "anthropic"), ("gpt-4o", "azure") })
        {
            Assert.True(book.Price(PriceBookFixture.Ask(model, provider), usage, default).Total > 0, $"{model} {usage.Quantities.Text()}");
        }
    }

    [Fact]
    public void Map_NoUsage_IsUnknownAndNotZero()
    {
        var usage = MappedUsage.Map((UsageDetails?)null);

        Assert.Same(UsageQuantities.Empty, usage.Quantities);
        Assert.Equal("no usage was reported", usage.Reason);
    }

    [Theory]
    [InlineData(OperationKind.Chat, null, null, 90L, "input 90", "only the total was reported; it is counted as input")]
    [InlineData(OperationKind.Embeddings, null, null, 90L, "input 90", null)]
    [InlineData(OperationKind.Chat, 60L, null, 90L, "input 60, output 30", null)]
    [InlineData(OperationKind.Chat, null, 30L, 90L, "input 60, output 30", null)]
    [InlineData(OperationKind.Chat, 60L, null, null, "input 60", "the output tokens were not reported")]
    [InlineData(OperationKind.Chat, null, 30L, null, "output 30", "the input tokens were not reported")]
    [InlineData(OperationKind.Chat, 60L, -1L, -1L, "input 60", "the output tokens were not reported")]
    [InlineData(OperationKind.Chat, 0L, 0L, 0L, "input 0, output 0", null)]
    public void Map_PartOfTheTotals_IsCompletedOrSaidToBePartial(
        OperationKind kind, long? input, long? output, long? total, string used, string? reason)
    {
        var usage = MappedUsage.Map(new TokenUsage { Input = input, Output = output, Total = total }, kind);

        Assert.Equal(used, usage.Quantities.Text());
        Assert.Equal((reason is not null, reason), (usage.IsPartial, usage.Reason));
    }

    [Theory]
    [InlineData(false, "total_tokens says 500 more; counted as output")]
    [InlineData(true, null)]
    public void Map_TotalAboveInputAndOutput_IsOutputThatIsEstimatedUnlessTheProviderLeavesThoughtsOut(bool leavesThoughtsOut, string? reason)
    {
        using var faults = new PriceBookFixture();
        var reported = AiObs.Recording.UsageNormalizer.Normalize(UsageFixtures.Usage(1_000, 20, 1_520, null, null));

        var usage = new UsageMapper(null, TimeSpan.FromMinutes(1), faults.Faults).Map(reported, OperationKind.Chat, leavesThoughtsOut);

        Assert.Equal("input 1000, output 520", usage.Quantities.Text());
        Assert.Equal((reason is not null, false, reason), (usage.IsEstimated, usage.IsPartial, usage.Reason));
    }

    [Fact]
    public void Map_MoreCachedThanInput_IsCutAndEstimated()
    {
        var usage = MappedUsage.Map(UsageFixtures.Usage(100, 10, 110, cached: 128, null));

        Assert.Equal("input 100, cache_read 100, output 10", usage.Quantities.Text());
        Assert.Equal(
            (true, false, "more cached tokens were reported than input_tokens, of which they are a part; counted as all of them"),
            (usage.IsEstimated, usage.IsPartial, usage.Reason));
    }

    [Fact]
    public void Map_CachedInputWithoutInput_IsALowerBound()
    {
        var usage = MappedUsage.Map(new TokenUsage { CacheRead = 50, CacheWrite = 20, Output = 5 });

        Assert.Equal("input 70, cache_read 50, cache_write 20, output 5", usage.Quantities.Text());
        Assert.Equal((true, "the input tokens were not reported"), (usage.IsPartial, usage.Reason));
    }

    [Fact]
    public void Map_PartLargerThanTheWhole_IsLeftOutAndSaidToBe()
    {
        var usage = MappedUsage.Map(new TokenUsage
        {
            Input = 100,
            Output = 10,
            CacheRead = 90,
            CacheWrite = 20,
            Reasoning = 11,
            OutputAudio = 12,
            InputAudio = 101,
            InputText = 500,
            OutputText = 500,
        });

        Assert.Equal("input 100, cache_read 90, output 10", usage.Quantities.Text());
        Assert.True(usage.IsPartial);
        Assert.Equal(
            "cache_write_tokens (20) exceeds input_tokens (10); input_audio_tokens (101) does not fit beside the cached tokens; "
            + "output_reasoning_tokens (11) exceeds output_tokens (10); output_audio_tokens (12) exceeds output_tokens (10)",
            usage.Reason);
    }

    [Theory]
    [InlineData(400, 500, 0, "0, the least possible")]
    [InlineData(800, 500, 300, "300, the least possible")]
    [InlineData(1_000, 500, 500, null)]
    [InlineData(400, 1_000, 400, null)]
    public void Map_AudioAndCacheWithoutTheirOverlap_TakesTheLeastPossible(long audio, long cached, long both, string? estimated)
    {
        var usage = MappedUsage.Map(new TokenUsage { Input = 1_000, Output = 1, InputAudio = audio, CacheRead = cached });

        Assert.Equal($"input 1000, cache_read {cached}, input_audio {audio}, cache_audio_read {both}, output 1", usage.Quantities.Text());
        Assert.Equal((estimated is not null, false), (usage.IsEstimated, usage.IsPartial));
        Assert.Equal(estimated is null ? null : $"cache_audio_read_tokens was not reported; counted as {estimated}", usage.Reason);
        Assert.Equal(estimated is null ? null : "input_audio_mtok", usage.EstimateMattersTo);
    }

    [Fact]
    public void Map_AudioAndCacheWithTheirOverlap_TakesIt()
    {
        var usage = MappedUsage.Map(UsageFixtures.Usage(
            1_000, 1, 1_001, cached: 500, null, ("InputTokenDetails.AudioTokenCount", 400), ("InputTokenDetails.CachedAudioTokenCount", 100)));

        Assert.Equal("input 1000, cache_read 500, input_audio 400, cache_audio_read 100, output 1", usage.Quantities.Text());
        Assert.Equal((false, null), (usage.IsEstimated, usage.Reason));
    }

    [Fact]
    public void Map_AudioImagesAndCache_ShareTheCacheWithoutOverlapping()
    {
        var usage = MappedUsage.Map(UsageFixtures.Usage(
            1_000, 1, 1_001, cached: 900, null, ("InputTokenDetails.AudioTokenCount", 500), ("InputTokenDetails.ImageTokenCount", 500)));

        Assert.Equal("input 1000, cache_read 900, input_audio 500, input_image 500, cache_audio_read 400, cache_image_read 500, output 1", usage.Quantities.Text());
        Assert.True(usage.IsEstimated);
    }

    [Fact]
    public void Price_AudioAndCacheWithoutTheirOverlap_IsPartialWhereAudioHasNoRate()
    {
        var usage = MappedUsage.Map(new TokenUsage { Input = 1_000, Output = 1, InputAudio = 400, CacheRead = 500 });
        using var prices = new PriceBookFixture();
        using var book = new PriceBook(new(), [], prices.Faults, new FakeLogger(prices.Logs, "prices"), prices.Clock, new CurrentTable());

        Assert.Equal(CostCompleteness.Partial, book.Price(PriceBookFixture.Ask("gpt-4o"), usage, default).Completeness);
        Assert.Equal(CostCompleteness.Estimated, book.Price(PriceBookFixture.Ask("gpt-realtime"), usage, default).Completeness);
    }

    [Theory]
    [InlineData("WebSearchRequests", "web_searches")]
    [InlineData("web_search_requests", "web_searches")]
    [InlineData("web_searches", "web_searches")]
    [InlineData("FileSearchRequests", "storage_searches")]
    [InlineData("social_searches", "social_searches")]
    [InlineData("code_execution_requests", "code_executions")]
    [InlineData("ephemeral_1h_input_tokens", "cache_write_1h")]
    [InlineData("ephemeral_5m_input_tokens", "cache_write_5m")]
    [InlineData("tool_use_prompt_token_count", "input_tool")]
    [InlineData("input_image_tokens", "input_image")]
    [InlineData("OutputTokenDetails.ImageTokenCount", "output_image")]
    public void Map_FurtherCount_IsFoundUnderItsSpellings(string key, string unit)
    {
        foreach (var spelling in new[] { key, key.ToUpperInvariant() })
        {
            var counts = new Dictionary<string, long> { [spelling] = 3, ["something else"] = 4 };
            var usage = MappedUsage.Map(new TokenUsage { Input = 10, Output = 5, AdditionalCounts = counts });

            Assert.Contains($"{unit} 3", usage.Quantities.Text(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Map_CacheWritesByTimeOnly_AddUp()
    {
        var usage = MappedUsage.Map(UsageFixtures.Usage(100, 1, 101, null, null, ("ephemeral_1h_input_tokens", 30), ("ephemeral_5m_input_tokens", 20)));

        Assert.Equal("input 100, cache_write 50, cache_write_1h 30, cache_write_5m 20, output 1", usage.Quantities.Text());
    }

    [Fact]
    public void Map_AnyCountsAtAll_NeverContradictThemselves()
    {
        var count = Gen.Frequency((1, Gen.Constant<long?>(null)), (3, Gen.Choose(-1, 60).Select(value => (long?)value)));
        var usages = from counts in count.ArrayOf(11)
                     from further in Gen.Choose(0, 60).ArrayOf(6)
                     select new TokenUsage
                     {
                         Input = counts[0],
                         Output = counts[1],
                         Total = counts[2],
                         CacheRead = counts[3],
                         CacheWrite = counts[4],
                         Reasoning = counts[5],
                         InputAudio = counts[6],
                         InputText = counts[7],
                         OutputAudio = counts[8],
                         OutputText = counts[9],
                         AdditionalCounts = new Dictionary<string, long>
                         {
                             ["cache_write_1h_tokens"] = further[0],
                             ["cache_write_5m_tokens"] = further[1],
                             ["cache_audio_read_tokens"] = further[2],
                             ["input_image_tokens"] = further[3],
                             ["output_image_tokens"] = further[4],
                             ["input_tool_tokens"] = further[5],
                         },
                     };
        using var prices = new PriceBookFixture();
        using var book = new PriceBook(new(), [], prices.Faults, new FakeLogger(prices.Logs, "prices"), prices.Clock, new CurrentTable());

        Check.One(Fuzz.Config(5_000), Prop.ForAll(usages.ToArbitrary(), reported =>
        {
            var usage = MappedUsage.Map(reported);
            foreach (var (model, provider) in new[] { ("gpt-realtime", "openai"), ("gemini-2.5-flash", "google"), ("claude-sonnet-4-5", "anthropic"), ("gpt-image-1.5", "openai") })
            {
                var receipt = book.Price(PriceBookFixture.Ask(model, provider), usage, default);
                Assert.True(receipt.Total is not null || usage.Quantities.All.Count == 0, $"{receipt.Reason}: {usage.Quantities.Text()}");
            }
        }));
    }

    [Fact]
    public void Map_MappingOfTheApplication_GoesFirstAndMayPass()
    {
        using var faults = new PriceBookFixture();
        var mapper = new UsageMapper(usage => usage.Input == 1 ? [new("input_tokens", 7), new("web_searches", 1)] : null, TimeSpan.FromMinutes(1), faults.Faults);

        Assert.Equal("input 7, web_searches 1", mapper.Map(new() { Input = 1, Output = 1 }, OperationKind.Chat).Quantities.Text());
        Assert.Equal("input 2, output 1", mapper.Map(new() { Input = 2, Output = 1 }, OperationKind.Chat).Quantities.Text());
    }

    [Fact]
    public void Map_MappingOfTheApplicationFails_TheBuiltInOneHolds()
    {
        using var faults = new PriceBookFixture();
        var throwing = new UsageMapper(_ => throw new InvalidOperationException(), TimeSpan.FromMinutes(1), faults.Faults);
        var unknown = new UsageMapper(_ => [new("input_tokenz", 7)], TimeSpan.FromMinutes(1), faults.Faults);
        var usage = new TokenUsage { Input = 2, Output = 1 };

        Assert.Equal("input 2, output 1", throwing.Map(usage, OperationKind.Chat).Quantities.Text());
        Assert.Equal("input 2, output 1", unknown.Map(usage, OperationKind.Chat).Quantities.Text());
        Assert.Equal(["usage_mapping", "usage_mapping"], faults.FaultyParts);
    }

    [Fact]
    public void Map_MappingOfTheApplicationHangs_TheBuiltInOneHolds()
    {
        using var faults = new PriceBookFixture();
        using var release = new ManualResetEventSlim();
        var mapper = new UsageMapper(
            _ =>
            {
                release.Wait();
                return null;
            },
            TimeSpan.FromMilliseconds(50),
            faults.Faults);
        var usage = new TokenUsage { Input = 2, Output = 1 };

        Assert.Equal("input 2, output 1", mapper.Map(usage, OperationKind.Chat).Quantities.Text());
        Assert.Equal("input 2, output 1", mapper.Map(usage, OperationKind.Chat).Quantities.Text());
        Assert.Equal(["usage_mapping", "usage_mapping"], faults.FaultyParts);
        release.Set();
    }

    [Fact]
    public void Map_UsageOfOpenAI_TakesLittleMemory()
    {
        using var faults = new PriceBookFixture();
        var mapper = new UsageMapper(null, TimeSpan.FromMinutes(1), faults.Faults);
        var usage = AiObs.Recording.UsageNormalizer.Normalize(UsageFixtures.All["OpenAI: totals with all details"].Reported);

        // Six quantities of 24 bytes, held in one array, and the object around it.
        Assert.InRange(AllocationMeter.BytesPerRun(() => mapper.Map(usage, OperationKind.Chat)), 1, 280);
    }
}

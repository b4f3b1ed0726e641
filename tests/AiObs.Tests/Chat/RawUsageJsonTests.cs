using System.Text;
using System.Text.Json;
using AiObs.Operations;
using AiObs.Recording;
using AiObs.TestSupport;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

/// <summary>What providers write about the usage of a call, by protocol, and what comes of it beside what adapters report.</summary>
public sealed class RawUsageJsonTests
{
    public static TheoryData<string, string, ReportedUsage> Protocols => new()
    {
        {
            "OpenAI: chat completion",
            """{"id":"x","choices":[{"message":{"content":"usage"}}],"service_tier":"flex","usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100,"prompt_tokens_details":{"cached_tokens":400,"audio_tokens":3},"completion_tokens_details":{"reasoning_tokens":60,"audio_tokens":4}}}""",
            new() { Input = 1_000, Output = 100, Total = 1_100, CacheRead = 400, InputAudio = 3, OutputAudio = 4, Reasoning = 60, ServiceTier = "flex" }
        },
        {
            "OpenAI: response with hosted tools",
            """{"output":[{"type":"web_search_call","action":{"type":"search","query":"a"}},{"type":"web_search_call"},{"action":{"type":"open_page"},"type":"web_search_call"},{"type":"web_search_call","action":{"type":"find_in_page"}},{"type":"file_search_call","results":[{"type":"web_search_call"}]},{"type":"code_interpreter_call"},{"type":"image_generation_call"},{"type":"message","content":[]}],"usage":{"input_tokens":10,"output_tokens":2,"total_tokens":12,"input_tokens_details":{"cached_tokens":1},"output_tokens_details":{"reasoning_tokens":1}}}""",
            new() { Input = 10, Output = 2, Total = 12, CacheRead = 1, Reasoning = 1, WebSearches = 2, StorageSearches = 1, CodeExecutions = 1, ImageGenerations = 1, HasToolItems = true }
        },
        {
            "OpenAI: last event of a streamed response",
            """{"type":"response.completed","response":{"service_tier":"priority","output":[{"type":"web_search_call"}],"usage":{"input_tokens":10,"output_tokens":2}}}""",
            new() { Input = 10, Output = 2, WebSearches = 1, ServiceTier = "priority", HasToolItems = true }
        },
        {
            "Anthropic: message",
            """{"type":"message","usage":{"input_tokens":6,"cache_creation_input_tokens":14980,"cache_read_input_tokens":17922,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":14980},"output_tokens":100,"service_tier":"standard","inference_geo":"us","speed":"fast","server_tool_use":{"web_search_requests":2,"web_fetch_requests":1}}}""",
            new()
            {
                Input = 6,
                Output = 100,
                CacheRead = 17_922,
                CacheWrite = 14_980,
                CacheWrite1h = 14_980,
                CacheWrite5m = 0,
                IsCacheBeside = true,
                WebSearches = 2,
                ServiceTier = "standard",
                Region = "us",
                Speed = "fast",
            }
        },
        {
            "Anthropic: first event of a stream",
            """{"type":"message_start","message":{"id":"m","usage":{"input_tokens":6,"cache_read_input_tokens":3,"output_tokens":1}}}""",
            new() { Input = 6, Output = 1, CacheRead = 3, IsCacheBeside = true }
        },
        {
            "OpenRouter: the cost",
            """{"usage":{"prompt_tokens":10,"completion_tokens":2,"total_tokens":12,"cost":0.0045,"cost_details":{"upstream_inference_cost":null}}}""",
            new() { Input = 10, Output = 2, Total = 12, Cost = 0.0045m }
        },
        {
            "OpenRouter: the cost of a key of one's own",
            """{"usage":{"prompt_tokens":10,"completion_tokens":2,"cost":0.001,"is_byok":true,"cost_details":{"upstream_inference_cost":0.0045}}}""",
            new() { Input = 10, Output = 2, Cost = 0.0055m }
        },
        {
            "OpenRouter: the cost of its own key, in which the provider's is",
            """{"usage":{"prompt_tokens":10,"completion_tokens":2,"cost":0.005,"is_byok":false,"cost_details":{"upstream_inference_cost":0.0045}}}""",
            new() { Input = 10, Output = 2, Cost = 0.005m }
        },
        {
            "Moonshot: usage within the choice",
            """{"choices":[{"index":0,"delta":{},"finish_reason":"stop","usage":{"prompt_tokens":10,"completion_tokens":2,"cached_tokens":4}}]}""",
            new() { Input = 10, Output = 2, CacheRead = 4 }
        },
        {
            "Groq: usage in an object of its own", """{"choices":[],"x_groq":{"id":"r","usage":{"prompt_tokens":10,"completion_tokens":2}}}""", new() { Input = 10, Output = 2 }
        },
        {
            "Perplexity: citations, searches and the cost",
            """{"usage":{"prompt_tokens":10,"completion_tokens":2,"total_tokens":12,"citation_tokens":7,"num_search_queries":3,"reasoning_tokens":5,"search_context_size":"low","cost":{"input_tokens_cost":0.1,"total_cost":0.5}}}""",
            new() { Input = 10, Output = 2, Total = 12, Citation = 7, WebSearches = 3, Reasoning = 5, Cost = 0.5m }
        },
        {
            "xAI: the cost in ticks", """{"usage":{"prompt_tokens":10,"completion_tokens":2,"cost_in_usd_ticks":12345000}}""", new() { Input = 10, Output = 2, Cost = 0.0012345m }
        },
        {
            "DeepSeek: hits and misses",
            """{"usage":{"prompt_tokens":10,"completion_tokens":2,"prompt_cache_hit_tokens":4,"prompt_cache_miss_tokens":6}}""",
            new() { Input = 10, Output = 2, CacheRead = 4 }
        },
        { "no usage", """{"usage":null,"output":null,"service_tier":null,"choices":[]}""", default },
        { "counts that are none", """{"usage":{"prompt_tokens":-1,"completion_tokens":1.5,"total_tokens":"12","cost":0,"service_tier":""}}""", default },
        { "an array", "[1,2]", default },
    };

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Read_WhatAProviderWrites_IsEverythingThatIsBilled(string protocol, string json, ReportedUsage expected)
    {
        var usage = Read(json);

        Assert.True(expected == usage, $"{protocol}: {usage}");
        Assert.Equal(expected, usage);
    }

    [Fact]
    public void Read_AnEventOfAStream_KeepsWhatWasSaidBefore()
    {
        var usage = Read("""{"type":"message_start","message":{"usage":{"input_tokens":6,"cache_read_input_tokens":3,"output_tokens":1}}}""");

        RawUsageJson.Read("""{"type":"message_delta","usage":{"output_tokens":100}}"""u8, ref usage);

        Assert.Equal(new() { Input = 6, Output = 100, CacheRead = 3, IsCacheBeside = true }, usage);
    }

    [Fact]
    public void Merge_SeveralRoundsWithinACall_IsTheirSum()
    {
        var raw = Read("""{"usage":{"input_tokens":23000,"output_tokens":1000,"cache_read_input_tokens":0,"iterations":[{"type":"compaction","input_tokens":180000,"output_tokens":3500,"cache_read_input_tokens":5,"cache_creation":{"ephemeral_1h_input_tokens":7}},{"type":"message","input_tokens":23000,"output_tokens":1000}]}}""");

        var merged = UsageMerge.Merge(new() { InputTokenCount = 23_000, OutputTokenCount = 1_000, TotalTokenCount = 24_000 }, in raw);

        Assert.Equal((203_005, 4_500, 207_505, 5), (merged!.InputTokenCount, merged.OutputTokenCount, merged.TotalTokenCount, merged.CachedInputTokenCount));
        Assert.Equal(7, merged.AdditionalCounts!["cache_write_1h_tokens"]);
    }

    [Fact]
    public void Merge_RoundsOfAnotherModel_AreLeftOutAndCounted()
    {
        var raw = Read("""{"usage":{"input_tokens":2,"output_tokens":491,"iterations":[{"type":"message","input_tokens":1,"output_tokens":45},{"model":"m","input_tokens":159419,"type":"advisor_message","output_tokens":7805},{"input_tokens":1,"output_tokens":446}]}}""");

        var merged = UsageMerge.Merge(new() { InputTokenCount = 2, OutputTokenCount = 491, TotalTokenCount = 493 }, in raw);

        Assert.Equal((2, 491, 493), (merged!.InputTokenCount, merged.OutputTokenCount, merged.TotalTokenCount));
        Assert.Equal(1, merged.AdditionalCounts!["other_rounds"]);
    }

    [Fact]
    public void Merge_NothingMoreInTheObject_IsTheAdaptersOwn()
    {
        var adapted = new UsageDetails { InputTokenCount = 1_000, OutputTokenCount = 100, TotalTokenCount = 1_100, CachedInputTokenCount = 0, ReasoningTokenCount = 0 };
        var raw = Read("""{"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100,"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}}""");

        Assert.Same(adapted, UsageMerge.Merge(adapted, in raw));
    }

    [Fact]
    public void Merge_CountsOfAnotherAnswer_AreLeftOut()
    {
        var sum = new UsageDetails { InputTokenCount = 3_000, OutputTokenCount = 300 };
        var raw = Read("""{"usage":{"prompt_tokens":1000,"completion_tokens":100,"citation_tokens":7}}""");

        Assert.Same(sum, UsageMerge.Merge(sum, in raw));
    }

    [Fact]
    public void Merge_ToolsOfAnotherAnswer_AreCountedAllTheSame()
    {
        var sum = new UsageDetails { InputTokenCount = 3_000, OutputTokenCount = 300 };
        var raw = Read("""{"usage":{"input_tokens":1000,"output_tokens":100},"output":[{"type":"web_search_call"},{"type":"file_search_call"},{"type":"code_interpreter_call"},{"type":"image_generation_call"}]}""");

        var merged = UsageMerge.Merge(sum, in raw)!;

        Assert.Equal((3_000, 300, null), (merged.InputTokenCount, merged.OutputTokenCount, merged.TotalTokenCount));
        Assert.Equal([new("web_searches", 1), new("storage_searches", 1), new("code_executions", 1), new("image_generations", 1)], merged.AdditionalCounts!);
    }

    [Fact]
    public void Merge_SearchesThatTheObjectListsAsPagesOpened_AreNotCounted()
    {
        var adapted = new UsageDetails { InputTokenCount = 1_000, OutputTokenCount = 100 };
        var raw = Read("""{"usage":{"input_tokens":1000,"output_tokens":100},"output":[{"type":"web_search_call","action":{"type":"open_page"}}]}""");

        Assert.Same(adapted, UsageMerge.Merge(adapted, in raw, HostedToolCalls.In([new(ChatRole.Assistant, [new WebSearchToolCallContent("s1")])])));
    }

    [Theory]
    [InlineData("""{"type":"message","content":[{"type":"text","text":"x"},{"type":"server_tool_use","name":"code_execution"},{"type":"server_tool_use","id":"s","name":"bash_code_execution","input":{"type":"x"}},{"type":"tool_use","name":"code_execution"},{"type":"server_tool_use","name":"web_fetch"}],"usage":{"input_tokens":6}}""", 2L)]
    [InlineData("""{"type":"content_block_start","content_block":{"type":"server_tool_use","name":"code_execution"}}""", 1L)]
    [InlineData("""{"type":"message","content":"text","usage":{"input_tokens":6}}""", null)]
    public void Read_RunsOfCodeInAMessage_AreCounted(string json, long? count) => Assert.Equal(count, Read(json).CodeExecutions);

    [Fact]
    public void Merge_WithoutUsageOfTheAdapter_IsTheObjects()
    {
        var raw = Read("""{"usage":{"input_tokens":6,"cache_creation_input_tokens":4,"cache_read_input_tokens":3,"cache_creation":{"ephemeral_5m_input_tokens":4},"output_tokens":100}}""");

        var merged = UsageMerge.Merge(null, in raw);

        Assert.Equal((13, 100, 3), (merged!.InputTokenCount, merged.OutputTokenCount, merged.CachedInputTokenCount));
        Assert.Equal([new("CacheCreationInputTokens", 4), new("cache_write_5m_tokens", 4)], merged.AdditionalCounts!);
    }

    [Fact]
    public void Read_HostileDocuments_ThrowsNothingButThatTheyAreNoJson() => Fuzz.Check(
        HostileJson.Document,
        static json =>
        {
            var usage = default(ReportedUsage);
            try
            {
                RawUsageJson.Read(Encoding.UTF8.GetBytes(json), ref usage);
            }
            catch (JsonException)
            {
            }
        });

    [Fact]
    public void Read_AResponse_TakesNoMemory()
    {
        var json = Encoding.UTF8.GetBytes("""{"choices":[{"message":{"content":"long"}}],"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100,"prompt_tokens_details":{"cached_tokens":400}}}""");

        Assert.Equal(0, AllocationMeter.BytesPerRun(() =>
        {
            var usage = default(ReportedUsage);
            RawUsageJson.Read(json, ref usage);
        }));
    }

    private static ReportedUsage Read(string json)
    {
        var usage = default(ReportedUsage);
        RawUsageJson.Read(Encoding.UTF8.GetBytes(json), ref usage);
        return usage;
    }
}

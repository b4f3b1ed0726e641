using AiObs.Operations;

namespace AiObs.Libraries.Tests.Costs;

/// <summary>Reports about Anthropic's Messages, which count the cache beside the input.</summary>
internal static class MessageReports
{
    private const CostCompleteness Exact = CostCompleteness.Exact;
    private const CostCompleteness Partial = CostCompleteness.Partial;

    /// <summary>Gets where it was reported, the model, its usage as the provider sends it, and what is right.</summary>
    public static TheoryData<string, string, string, string, CostCompleteness> Caches => new()
    {
        { "writes of an hour", "claude-sonnet-4-5", $"{Tokens(6, 100)},{Cache(17_922, 14_980)},{Lifetimes(0, 14_980)}", "0.0967746", Exact },
        { "writes of five minutes", "claude-sonnet-4-5", $"{Tokens(6, 100)},{Cache(17_922, 14_980)},{Lifetimes(14_980, 0)}", "0.0630696", Exact },
        { "writes that nobody said the lifetime of", "claude-sonnet-4-5", $"{Tokens(6, 100)},{Cache(17_922, 14_980)}", "0.0630696", Partial },

        // 3 × 3 + 12,304 × 3.75 + 550 × 15
        { "https://github.com/BerriAI/litellm/issues/9812", "claude-3-7-sonnet-20250219", $"{Tokens(3, 550)},{Cache(0, 12_304)}", "0.054399", Partial },
        { "https://github.com/BerriAI/litellm/issues/5443", "claude-3-7-sonnet-20250219", $"{Tokens(3, 550)},{Cache(0, 12_304)},{Lifetimes(12_304, 0)}", "0.054399", Exact },

        // 337 × 3 + 46,209 × 3.75 + 342 × 15
        {
            "https://github.com/get-convex/agent/issues/191", "claude-sonnet-4-5",
            $"{Tokens(337, 342)},{Cache(0, 46_209)},{Lifetimes(46_209, 0)},\"service_tier\":\"standard\"", "0.17942475", Exact
        },

        // 5 × 3 + 128,955 × 0.3 + 1,253 × 3.75 + 100 × 15
        { "https://github.com/langfuse/langfuse/issues/12306", "claude-sonnet-4-5", $"{Tokens(5, 100)},{Cache(128_955, 1_253)},{Lifetimes(1_253, 0)}", "0.04490025", Exact },

        // 2 × 3 + 9,842 × 0.3 + 100 × 15
        { "https://github.com/dust-tt/dust/pull/20989", "claude-sonnet-4-5", $"{Tokens(2, 100)},{Cache(9_842, 0)}", "0.0044586", Exact },

        // 10 × 5 + 66,360 × 0.5 + 32,435 × 6.25 + 5,120 × 25
        { "https://github.com/BerriAI/litellm/issues/11364", "claude-opus-4-5", $"{Tokens(10, 5_120)},{Cache(66_360, 32_435)}", "0.36394875", Partial },

        // 100 × 15 + 1,000 × 18.75 + 2,000 × 30 + 100 × 75
        { "https://github.com/Helicone/helicone/pull/4658", "claude-opus-4-20250514", $"{Tokens(100, 100)},{Cache(0, 3_000)},{Lifetimes(1_000, 2_000)}", "0.08775", Exact },

        // What is cached makes the context long too: 100,000 × 6 + 150,000 × 0.6 + 1,000 × 22.5
        { "https://github.com/BerriAI/litellm/issues/16377", "claude-sonnet-4-5", $"{Tokens(100_000, 1_000)},{Cache(150_000, 0)}", "0.7125", Exact },

        // 30,311 × 1 + 8,631 × 5, under a dated name
        { "https://github.com/2389-research/dippin-lang/issues/301", "claude-haiku-4-5-20251001", Tokens(30_311, 8_631), "0.073466", Exact },
    };

    /// <summary>Gets tiers, speeds, places and fees.</summary>
    public static TheoryData<string, string, string, string, CostCompleteness> Terms => new()
    {
        { "fast", "claude-opus-4-6", $"{Tokens(1_000, 100)},\"speed\":\"fast\"", "0.045", Exact },
        { "in one country", "claude-opus-4-6", $"{Tokens(1_000, 100)},\"inference_geo\":\"us\"", "0.00825", Exact },
        { "in a batch", "claude-opus-4-6", $"{Tokens(1_000, 100)},\"service_tier\":\"batch\"", "0.00375", Exact },
        { "two searches of the web", "claude-sonnet-4-5", $"{Tokens(1_000, 100)},\"server_tool_use\":{{\"web_search_requests\":2,\"web_fetch_requests\":0}}", "0.0245", Exact },
        { "pages that were fetched cost nothing", "claude-sonnet-4-5", $"{Tokens(1_000, 100)},\"server_tool_use\":{{\"web_search_requests\":0,\"web_fetch_requests\":3}}", "0.0045", Exact },
        { "capacity that was paid for in advance", "claude-sonnet-4-5", $"{Tokens(1_000, 100)},\"service_tier\":\"priority\"", "0.0045", Partial },

        // (1,000 × 5 + 100 × 25) × 2
        { "https://github.com/tontinton/maki/pull/272", "claude-opus-4-8", $"{Tokens(1_000, 100)},\"speed\":\"fast\"", "0.015", Exact },

        // What was served counts: 1,000 × 5 + 100 × 25
        { "https://github.com/BerriAI/litellm/pull/38378", "claude-opus-4-6", $"{Tokens(1_000, 100)},\"speed\":\"standard\"", "0.0075", Exact },

        // The cache is dearer too: (10 × 5 + 6,034 × 0.5 + 100 × 25) × 2
        { "https://github.com/BerriAI/litellm/pull/34526", "claude-opus-5", $"{Tokens(10, 100)},{Cache(6_034, 0)},\"speed\":\"fast\"", "0.011134", Exact },

        // (1,000 × 3 + 100 × 15) × 1.1, and at no other place
        { "https://github.com/BerriAI/litellm/pull/21904", "claude-sonnet-4-6", $"{Tokens(1_000, 100)},\"inference_geo\":\"us\"", "0.00495", Exact },
        { "https://github.com/BerriAI/litellm/pull/21904", "claude-sonnet-4-6", $"{Tokens(1_000, 100)},\"inference_geo\":\"global\"", "0.0045", Exact },

        // A speed that nobody knows the price of: 1,000 × 3 + 100 × 15
        { "https://github.com/robinebers/openusage/pull/889", "claude-sonnet-4-6", $"{Tokens(1_000, 100)},\"speed\":\"fast\"", "0.0045", Partial },
    };

    /// <summary>Gets rounds within one call.</summary>
    public static TheoryData<string, string, string, string, CostCompleteness> Rounds => new()
    {
        // 203,000 × 5 + 4,500 × 25
        {
            "https://github.com/pydantic/pydantic-ai/issues/5065", "claude-opus-4-6",
            $"{Tokens(23_000, 1_000)},\"iterations\":[{Round("compaction", 180_000, 3_500)},{Round("message", 23_000, 1_000)}]", "1.1275", Exact
        },

        // 600 × 3 + 150,000 × 0.3 + 3,200 × 15
        {
            "https://github.com/BerriAI/litellm/pull/27065", "claude-sonnet-4-6",
            $"{Tokens(100, 200)},\"iterations\":[{Round("compaction", 500, 3_000, 150_000)},{Round("message", 100, 200)}]", "0.0948", Exact
        },

        // What another model was asked has rates of its own, and is not in 2 × 3 + 226,584 × 0.3 + 491 × 15
        {
            "https://github.com/ccusage/ccusage/issues/1115", "claude-sonnet-4-6",
            $"{Tokens(2, 491)},{Cache(226_584, 0)},\"iterations\":[{Round("message", 1, 45, 109_696)},{{\"type\":\"advisor_message\",\"model\":\"claude-opus-4-7\",\"input_tokens\":159419,\"output_tokens\":7805,\"cache_read_input_tokens\":0}},{Round("message", 1, 446, 116_888)}]",
            "0.0753462", Partial
        },

        // An attempt that was declined is not billed like the one that answered: 1,000 × 3 + 100 × 15
        {
            "https://github.com/maximhq/bifrost/pull/6500", "claude-sonnet-4-6",
            $"{Tokens(1_000, 100)},\"iterations\":[{Round("fallback_message", 1_000, 5)},{Round("message", 1_000, 100)}]", "0.0045", Partial
        },
    };

    /// <summary>Gets streams: the usage at the start, that of each delta, and what is right for claude-sonnet-4-5.</summary>
    public static TheoryData<string, string, string[], string, CostCompleteness> Streams => new()
    {
        // 25 × 3 + 15 × 15
        { "https://github.com/microsoft/agent-framework/issues/7143", Tokens(25, 1), ["\"output_tokens\":15"], "0.0003", Exact },

        // 27 × 3 + 47 × 15
        { "https://github.com/modelbus/one-api-pro/issues/13", $"{Tokens(27, 1)},{Cache(0, 0)}", [$"{Tokens(27, 47)},{Cache(0, 0)}"], "0.000786", Exact },
        { "https://github.com/LibreChat-AI/agents/pull/150", $"{Tokens(27, 1)},{Cache(0, 0)}", [$"{Tokens(27, 20)},{Cache(0, 0)}", $"{Tokens(27, 47)},{Cache(0, 0)}"], "0.000786", Exact },

        // 9 × 3 + 1 × 0.3 + 16 × 15
        { "https://github.com/envoyproxy/ai-gateway/pull/2236", $"{Tokens(9, 1)},{Cache(1, 0)}", [$"{Tokens(9, 16)},{Cache(1, 0)}"], "0.0002673", Exact },

        // 8 × 3 + 16 × 15, which only the end knows
        { "https://github.com/sgl-project/sglang/pull/33419", Tokens(0, 0), [Tokens(8, 16)], "0.000264", Exact },

        // 317 × 3 + 4,425 × 3.75 + 100 × 15; the lifetime stands at the start
        { "https://github.com/envoyproxy/ai-gateway/pull/2241", $"{Tokens(317, 1)},{Cache(0, 4_425)},{Lifetimes(4_425, 0)}", ["\"output_tokens\":100"], "0.01904475", Exact },
    };

    /// <summary>Gets models that were asked for on Bedrock, what answers call them, their usage, and what is right.</summary>
    public static TheoryData<string, string, string, string, string, CostCompleteness> Bedrock => new()
    {
        // 1,000 × 3.3 + 1,000 × 16.5
        { "a region's price", "us.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5-20250929", Tokens(1_000, 1_000), "0.0198", Exact },
        { "https://github.com/BerriAI/litellm/issues/30768", "us.anthropic.claude-sonnet-4-6", "claude-sonnet-4-6", Tokens(1_000, 1_000), "0.0198", Exact },
        { "https://github.com/BerriAI/litellm/pull/30331", "au.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5-20250929", Tokens(1_000, 1_000), "0.0198", Exact },
        { "https://github.com/BerriAI/litellm/pull/15685", "global.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5-20250929", Tokens(1_000, 1_000), "0.018", Exact },

        // 3 × 3.3 + 13,216 × 0.33 + 25 × 4.125 + 12 × 16.5
        {
            "https://github.com/Arize-ai/phoenix/issues/10036", "us.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5-20250929",
            $"{Tokens(3, 12)},{Cache(13_216, 25)},{Lifetimes(25, 0)}", "0.004672305", Exact
        },

        // 3 × 3 + 7,917 × 0.3 + 350 × 3.75 + 442 × 15
        {
            "https://github.com/Arize-ai/phoenix/issues/10783", "global.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5-20250929",
            $"{Tokens(3, 442)},{Cache(7_917, 350)}", "0.0103266", Partial
        },

        // 4,299 × 3.3 + 35,574 × 0.33 + 17,787 × 4.125 + 631 × 16.5
        {
            "https://github.com/Arize-ai/phoenix/issues/13379", "us.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5-20250929",
            $"{Tokens(4_299, 631)},{Cache(35_574, 17_787)},{Lifetimes(17_787, 0)}", "0.109708995", Exact
        },
    };

    private static string Tokens(int input, int output) => $"\"input_tokens\":{input},\"output_tokens\":{output}";

    private static string Cache(int read, int written) => $"\"cache_read_input_tokens\":{read},\"cache_creation_input_tokens\":{written}";

    private static string Lifetimes(int minutes, int hour) => $"\"cache_creation\":{{\"ephemeral_5m_input_tokens\":{minutes},\"ephemeral_1h_input_tokens\":{hour}}}";

    private static string Round(string type, int input, int output, int read = 0) => $"{{\"type\":\"{type}\",{Tokens(input, output)},{Cache(read, 0)}}}";
}

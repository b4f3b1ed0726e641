using AiObs.Operations;

namespace AiObs.Libraries.Tests.Costs;

/// <summary>Reports about Chat Completions: where it was reported, address, model, usage, what else the answer has, and what is right, by hand from the published rates in USD per million tokens.</summary>
internal static class CompletionReports
{
    private const string OpenAI = "https://api.openai.com/v1";
    private const string Google = "https://generativelanguage.googleapis.com/v1beta/openai/";
    private const string Groq = "https://api.groq.com/openai/v1";
    private const string Moonshot = "https://api.moonshot.ai/v1";
    private const string OpenRouter = "https://openrouter.ai/api/v1";
    private const string Perplexity = "https://api.perplexity.ai";
    private const string XAI = "https://api.x.ai/v1";

    private const CostCompleteness Exact = CostCompleteness.Exact;
    private const CostCompleteness Estimated = CostCompleteness.Estimated;
    private const CostCompleteness Partial = CostCompleteness.Partial;
    private const CostCompleteness Unpriced = CostCompleteness.Unpriced;

    /// <summary>Gets what tiers cost.</summary>
    public static TheoryData<string, string, string, string, string, string?, CostCompleteness> Tiers => new()
    {
        { "half the rates", OpenAI, "gpt-5", Tokens(1_000, 100), Tier("flex"), "0.001125", Exact },
        { "the rates", OpenAI, "gpt-5", Tokens(1_000, 100), Tier("default"), "0.00225", Exact },
        { "twice the rates", OpenAI, "gpt-5", Tokens(1_000, 100), Tier("priority"), "0.0045", Exact },
        { "a tier that nobody knows the price of", OpenAI, "gpt-5", Tokens(1_000, 100), Tier("scale"), "0.00225", Partial },

        // (100 × 0.05 + 200 × 0.4) / 2
        { "https://github.com/BerriAI/litellm/issues/13810", OpenAI, "gpt-5-nano", Tokens(100, 200), Tier("flex"), "0.0000425", Exact },

        // A dated name has the tier of the model: (1,000 × 1.1 + 100 × 4.4) / 2
        { "https://github.com/BerriAI/litellm/pull/22086", OpenAI, "o4-mini-2025-04-16", Tokens(1_000, 100), Tier("flex"), "0.00077", Exact },

        // (1,000 × 5 + 100 × 30) × 2.5
        { "https://github.com/seakee/CPA-Manager-Plus/pull/98", OpenAI, "gpt-5.5", Tokens(1_000, 100), Tier("priority"), "0.02", Exact },

        // The factor of priority is each model's own, and this one's is not known: 1,000 × 1.1 + 100 × 4.4
        { "https://github.com/PrimeIntellect-ai/prime-agent/pull/1609", OpenAI, "o4-mini", Tokens(1_000, 100), Tier("priority"), "0.00154", Partial },

        // Nor is it known for a long context: 300,000 × 5 + 1,000 × 22.5
        { "https://github.com/PostHog/posthog/pull/94200", OpenAI, "gpt-5.4", Tokens(300_000, 1_000), Tier("priority"), "1.5225", Partial },
    };

    /// <summary>Gets what caches cost, which this protocol counts inside of the prompt.</summary>
    public static TheoryData<string, string, string, string, string, string?, CostCompleteness> Caches => new()
    {
        { "more cached than sent", OpenAI, "gpt-4o", Tokens(100, 10, 110, Cached(128)), "", "0.000225", Estimated },

        // DeepSeek's peak: 600 × 0.27 + 400 × 0.07 + 100 × 1.1
        { "hits and misses", "https://api.deepseek.com", "deepseek-chat", Tokens(1_000, 100, 1_100, "\"prompt_cache_hit_tokens\":400,\"prompt_cache_miss_tokens\":600"), "", "0.000300", Exact },
        {
            // Both shapes say the same thing once.
            "https://github.com/NousResearch/hermes-agent/pull/65678", "https://api.deepseek.com", "deepseek-chat",
            Tokens(1_000, 100, 1_100, $"\"prompt_cache_hit_tokens\":400,\"prompt_cache_miss_tokens\":600,{Cached(400)}"), "", "0.000300", Exact
        },
        {
            // 14,500 × 0.66 + 21,600 × 0.022 + 1,200 × 1.98
            "https://github.com/mnfst/llm-gateway/issues/2051", "https://api.deepseek.com", "deepseek-v4-pro",
            Tokens(36_100, 1_200, 37_300, "\"prompt_cache_hit_tokens\":21600,\"prompt_cache_miss_tokens\":14500"), "", "0.0124212", Exact
        },

        // 86 × 0.15 + 17,817 × 0.075 + 100 × 0.6
        { "https://github.com/langfuse/langfuse/issues/10592", OpenRouter, "openai/gpt-4o-mini", Tokens(17_903, 100, 18_003, Cached(17_817)), "", "0.001409175", Exact },

        // 207 × 0.15 + 1,792 × 0.075 + 50 × 0.6
        { "https://github.com/langfuse/langfuse/issues/5568", OpenAI, "gpt-4o-mini", Tokens(1_999, 50, 2_049, Cached(1_792)), "", "0.00019545", Exact },

        // 86 × 2.5 + 1,920 × 1.25 + 300 × 10
        { "https://github.com/Arize-ai/phoenix/issues/4903", OpenAI, "gpt-4o", Tokens(2_006, 300, 2_306, $"{Cached(1_920)},{Reasoning(0)}"), "", "0.005615", Exact },

        // 3,914 × 0.5 + 16,298 × 0.05 + 931 × 3
        { "https://github.com/earendil-works/pi/pull/2148", Google, "gemini-3-flash-preview", Tokens(20_212, 931, 21_143, Cached(16_298)), "", "0.0055649", Exact },

        // 10 × 0.15 + 990 × 0.075 + 100 × 0.6
        { "https://github.com/UKGovernmentBEIS/inspect_ai/issues/5529", Groq, "openai/gpt-oss-120b", Tokens(1_000, 100, 1_100, $"{Cached(990)},{Reasoning(40)}"), "", "0.00013575", Exact },

        // 56 × 0.6 + 1,280 × 0.15 + 31 × 2.5, with the count at the top
        { "https://github.com/promptfoo/promptfoo/pull/9672", Moonshot, "kimi-k2-0905-preview", Tokens(1_336, 31, 1_367, "\"cached_tokens\":1280"), "", "0.0003031", Exact },

        // 1,000 × 3 + 6,000 × 0.3 + 3,000 × 3.75 + 100 × 15
        {
            "https://github.com/aplisay/llm-agent/pull/345", OpenRouter, "anthropic/claude-sonnet-4.5",
            Tokens(10_000, 100, 10_100, "\"prompt_tokens_details\":{\"cached_tokens\":6000,\"cache_write_tokens\":3000}"), "", "0.01755", Exact
        },

        // 700 × 0.2 + 19,000 × 0.25 + 100 × 1.2
        {
            "https://github.com/vellum-ai/vellum-assistant/pull/37858", OpenAI, "gpt-5.6-luna",
            Tokens(19_700, 100, 19_800, "\"prompt_tokens_details\":{\"cached_tokens\":0,\"cache_write_tokens\":19000}"), "", "0.00501", Exact
        },

        // A long context: 100,000 × 0.4 + 100,000 × 0.5 + 100,000 × 0.04 + 1,000 × 1.8
        {
            "https://github.com/pydantic/genai-prices/pull/463", OpenAI, "gpt-5.6-luna",
            Tokens(300_000, 1_000, 301_000, "\"prompt_tokens_details\":{\"cached_tokens\":100000,\"cache_write_tokens\":100000}"), "", "0.0958", Exact
        },

        // The table has no rate for this model's cache: 1,000 × 30 + 100 × 60
        { "https://github.com/mozilla-ai/otari/issues/198", OpenAI, "gpt-4", Tokens(1_000, 100, 1_100, Cached(400)), "", "0.036", Estimated },
    };

    /// <summary>Gets what thoughts cost, which some count in the output and some in the total alone.</summary>
    public static TheoryData<string, string, string, string, string, string?, CostCompleteness> Thoughts => new()
    {
        { "thoughts in the total alone", Google, "gemini-2.5-pro", Tokens(1_000, 20, 1_520), "", "0.00645", Exact },
        { "a total that nobody explains", OpenAI, "gpt-4o", Tokens(1_000, 20, 1_520), "", "0.0077", Estimated },

        // 1,000 × 1.25 + 500 × 10, of which 400 are thoughts
        { "https://github.com/decolua/9router/pull/2762", OpenAI, "gpt-5", Tokens(1_000, 500, 1_500, Reasoning(400)), "", "0.00625", Exact },

        // 10 × 0.3 + 120 × 2.5
        { "https://github.com/NousResearch/hermes-agent/pull/48712", Google, "gemini-2.5-flash", Tokens(10, 20, 130), "", "0.000303", Exact },

        // 21 × 0.3 + 60 × 2.5
        { "https://github.com/router-for-me/CLIProxyAPI/issues/5733", Google, "gemini-2.5-flash", Tokens(21, 0, 81, Reasoning(60)), "", "0.0001563", Exact },

        // 20 × 0.3 + 603 × 2.5
        { "https://github.com/mozilla-ai/any-llm/issues/1290", Google, "gemini-2.5-flash", Tokens(20, 198, 623), "", "0.0015135", Exact },

        // 12 × 0.3 + 387 × 0.5
        { "https://github.com/vercel/ai/pull/12425", XAI, "grok-3-mini", Tokens(12, 1, 399, Reasoning(386)), "", "0.0001971", Exact },

        // The total has no room for them beside: 500 × 3 + 500 × 15
        { "https://github.com/promptfoo/promptfoo/pull/9507", XAI, "grok-4", Tokens(500, 500, 1_000, Reasoning(200)), "", "0.009", Exact },

        // 9,992 × 1.25 + 128 × 0.2 + 4,308 × 2.5, with and without xAI's own amount
        { "https://github.com/Wei-Shaw/sub2api/issues/5771", XAI, "grok-4.20", Tokens(10_120, 1_499, 14_428, $"{Cached(128)},{Reasoning(2_809)},\"cost_in_usd_ticks\":232856000"), "", "0.0232856", Exact },
        { "https://github.com/Wei-Shaw/sub2api/issues/5771", XAI, "grok-4.20", Tokens(10_120, 1_499, 14_428, $"{Cached(128)},{Reasoning(2_809)}"), "", "0.0232856", Exact },

        // 20 × 0.59 + 996 × 0.79, as nobody says what the rest of the total is
        { "https://github.com/Clarifai/clarifai-python/pull/978", Groq, "llama-3.3-70b-versatile", Tokens(20, 424, 1_016), "", "0.00079864", Estimated },
    };

    /// <summary>Gets what long contexts cost: the whole call at the rates of its input.</summary>
    public static TheoryData<string, string, string, string, string, string?, CostCompleteness> LongContexts => new()
    {
        // 250,000 × 4 + 1,000 × 18
        { "https://github.com/NousResearch/hermes-agent/pull/93678", Google, "gemini-3.1-pro-preview", Tokens(250_000, 1_000), "", "1.018", Exact },

        // 200,000 × 2 + 1,000 × 12
        { "https://github.com/NousResearch/hermes-agent/pull/93678", Google, "gemini-3.1-pro-preview", Tokens(200_000, 1_000), "", "0.412", Exact },

        // 200,001 × 2.5 + 1,000 × 15
        { "https://github.com/BerriAI/litellm/pull/10597", Google, "gemini-2.5-pro", Tokens(200_001, 1_000), "", "0.5150025", Exact },

        // 150,000 × 1.25 + 60,000 × 10: the output does not count
        { "https://github.com/activepieces/activepieces/pull/8233", Google, "gemini-2.5-pro", Tokens(150_000, 60_000), "", "0.7875", Exact },
    };

    /// <summary>Gets amounts that providers say themselves.</summary>
    public static TheoryData<string, string, string, string, string, string?, CostCompleteness> Amounts => new()
    {
        { "OpenRouter's", OpenRouter, "anthropic/claude-sonnet-4.5", Tokens(1_000, 100, 1_100, "\"cost\":0.0051"), "", "0.0051", Exact },
        { "Perplexity's", Perplexity, "sonar", Tokens(100, 10, 110, "\"search_context_size\":\"low\",\"cost\":{\"total_cost\":0.00511}"), "", "0.00511", Exact },
        { "xAI's", XAI, "grok-4", Tokens(1_000, 100, 1_100, "\"cost_in_usd_ticks\":37500000"), "", "0.00375", Exact },
        { "https://github.com/Appsilon/mediforce/issues/654", OpenRouter, "acme/nobody-knows", Tokens(1_000, 100, 1_100, "\"cost\":0.211"), "", "0.211", Exact },
        {
            "https://github.com/BerriAI/litellm/pull/17887", Perplexity, "sonar-pro",
            Tokens(7, 149, 156, "\"search_context_size\":\"low\",\"cost\":{\"input_tokens_cost\":0.0,\"output_tokens_cost\":0.002,\"request_cost\":0.004,\"total_cost\":0.006}"), "", "0.006", Exact
        },
        { "https://github.com/vercel/ai/pull/13705", Perplexity, "sonar", Tokens(10, 140, 150, "\"cost\":{\"request_cost\":0.005,\"total_cost\":0.00515}"), "", "0.00515", Exact },

        // With a key of one's own the amount is OpenRouter's fee, and the provider's bill comes on top.
        {
            "https://github.com/tailcallhq/forgecode/issues/1641", OpenRouter, "openai/gpt-4o",
            Tokens(9_171, 113, 9_284, "\"cost\":0,\"is_byok\":true,\"cost_details\":{\"upstream_inference_cost\":0.0360795,\"upstream_inference_prompt_cost\":0.0343845,\"upstream_inference_completions_cost\":0.001695}"),
            "", "0.0360795", Exact
        },
        {
            "https://github.com/Kilo-Org/kilocode/pull/13841", OpenRouter, "openai/gpt-4o",
            Tokens(9_171, 113, 9_284, "\"cost\":0.0018,\"is_byok\":true,\"cost_details\":{\"upstream_inference_cost\":0.036}"), "", "0.0378", Exact
        },

        // Without one it is in the amount.
        {
            "https://github.com/2witstudios/PageSpace/pull/1561", OpenRouter, "openai/gpt-4o",
            Tokens(9_171, 113, 9_284, "\"cost\":0.024,\"is_byok\":false,\"cost_details\":{\"upstream_inference_cost\":0.017}"), "", "0.024", Exact
        },
    };

    /// <summary>Gets fees beside tokens.</summary>
    public static TheoryData<string, string, string, string, string, string?, CostCompleteness> Fees => new()
    {
        // 100 × 1 + 10 × 1, and the fee of the largest search
        { "a fee that depends on what was not said", Perplexity, "sonar", Tokens(100, 10), "", "0.01211", Estimated },
        { "citations and searches", Perplexity, "sonar-deep-research", Tokens(100, 10, 110, "\"citation_tokens\":1000,\"num_search_queries\":2"), "", "0.01228", Exact },

        // 108 × 2 + 3,256 × 8 + 7,299 × 2 + 73,248 × 3, and 74 searches at 0.005
        {
            "https://github.com/bgeneto/open-webui-cost-tracker/issues/6", Perplexity, "sonar-deep-research",
            Tokens(108, 3_256, 3_364, "\"citation_tokens\":7299,\"num_search_queries\":74,\"reasoning_tokens\":73248"), "", "0.630606", Exact
        },

        // 1,000 × 3 + 100 × 15; the search is not in the rates
        { "https://github.com/codestoryai/sidecar/issues/1932", OpenRouter, "anthropic/claude-sonnet-4.5:online", Tokens(1_000, 100), "", "0.0045", Partial },
    };

    /// <summary>Gets audio, a part of prompt and answer that has rates of its own.</summary>
    public static TheoryData<string, string, string, string, string, string?, CostCompleteness> Audio => new()
    {
        {
            "audio without a rate", OpenAI, "gpt-4o-audio-preview",
            Tokens(1_000, 500, 1_500, "\"prompt_tokens_details\":{\"audio_tokens\":900},\"completion_tokens_details\":{\"audio_tokens\":400}"), "", "0.0075", Partial
        },

        // 17 × 2.5 + 110 × 10 + 482 × 64
        {
            "https://github.com/BerriAI/litellm/pull/19771", OpenAI, "gpt-audio",
            Tokens(17, 592, 609, "\"prompt_tokens_details\":{\"text_tokens\":17,\"audio_tokens\":0},\"completion_tokens_details\":{\"text_tokens\":110,\"audio_tokens\":482}"), "", "0.0319905", Exact
        },

        // 100 × 0.6 + 500 × 10 + 20 × 2.4 + 80 × 20
        {
            "https://github.com/langwatch/langwatch/pull/7046", OpenAI, "gpt-audio-mini",
            Tokens(600, 100, 700, "\"prompt_tokens_details\":{\"audio_tokens\":500},\"completion_tokens_details\":{\"audio_tokens\":80}"), "", "0.006708", Exact
        },
    };

    /// <summary>Gets names that models go by.</summary>
    public static TheoryData<string, string, string, string, string, string?, CostCompleteness> Names => new()
    {
        { "a place before the name", Google, "models/gemini-2.5-flash", Tokens(1_000, 100), "", "0.00055", Exact },
        { "a name that only begins like one", Google, "gemini-3.8-flash-cyber", Tokens(1_000, 100), "", "0.001125", Estimated },
        { "a model that the table does not have", OpenAI, "dall-e-3", Tokens(1_000, 100), "", null, Unpriced },
        { "a fine-tuned model without rates of its own", OpenAI, "ft:gpt-4.1-mini-2025-04-14:acme::abc", Tokens(1_000, 100), "", "0.00056", Partial },

        // 1,000 × 3 + 100 × 6
        { "https://github.com/BerriAI/litellm/issues/1840", OpenAI, "ft:gpt-3.5-turbo-0125:acme::abc", Tokens(1_000, 100), "", "0.0036", Exact },
        { "https://github.com/langchain-ai/langchain/issues/11715", OpenAI, "ft:gpt-3.5-turbo-0613:orgname::12abCDEF", Tokens(1_000, 100), "", "0.0036", Exact },

        // 1,000 × 0.3 + 100 × 1.2
        { "https://github.com/BerriAI/litellm/issues/20411", OpenAI, "ft:gpt-4o-mini-2024-07-18:acme::id", Tokens(1_000, 100), "", "0.00042", Exact },

        // Dated: this one has rates of its own, 1,000 × 5 + 100 × 15, that one the model's, 1,000 × 2 + 100 × 8
        { "https://github.com/jain-aanchal/ai-tally/pull/390", OpenAI, "gpt-4o-2024-05-13", Tokens(1_000, 100), "", "0.0065", Exact },
        { "https://github.com/NousResearch/hermes-agent/pull/87369", OpenAI, "o3-2025-04-16", Tokens(1_000, 100), "", "0.0028", Exact },

        // 1,000 × 30 + 100 × 180
        { "https://github.com/2389-research/dippin-lang/issues/299", OpenAI, "gpt-5.5-pro-2026-04-23", Tokens(1_000, 100), "", "0.048", Exact },

        // Not those of o3 and gpt-5: 1,000 × 20 + 100 × 80, and 1,000 × 4 + 100 × 20
        { "https://github.com/jonathan-laurent/delphyne/pull/20", OpenAI, "o3-pro-2025-06-10", Tokens(1_000, 100), "", "0.028", Exact },
        { "https://github.com/jonathan-laurent/delphyne/pull/20", OpenAI, "gpt-5.6-sol", Tokens(1_000, 100), "", "0.006", Exact },
        { "https://github.com/agencyenterprise/draft-detective/pull/730", OpenAI, "gpt-5.6-terra-2026-07-09-global-aaif", Tokens(1_000, 100), "", null, Unpriced },
    };

    /// <summary>Gets addresses, which say who sends the bill.</summary>
    public static TheoryData<string, string, string, string, string, string?, CostCompleteness> Addresses => new()
    {
        { "OpenRouter", OpenRouter, "anthropic/claude-sonnet-4.5", Tokens(1_000, 100), "", "0.0045", Exact },
        { "prices of a region that nobody knows", "https://eu.api.openai.com/v1", "gpt-4o", Tokens(1_000, 100), "", "0.0035", Partial },
        { "a model on this machine", "http://localhost:1234/v1", "gpt-4o", Tokens(1_000, 100), "", null, Unpriced },
        { "a gateway that nobody knows", "https://llm.corp.example/v1", "gpt-4o", Tokens(1_000, 100), "", null, Unpriced },
        { "a host that only begins like OpenAI's", "https://api.openai.com.corp.example/v1", "gpt-4o", Tokens(1_000, 100), "", null, Unpriced },
        { "Vertex AI", "https://us-central1-aiplatform.googleapis.com/v1beta1/projects/p/locations/us-central1/endpoints/openapi", "google/gemini-2.5-flash", Tokens(1_000, 100), "", "0.00055", Exact },
        { "https://github.com/archestra-ai/archestra/pull/6906", "http://127.0.0.1:11434/v1", "qwen3", Tokens(1_000, 100), "", null, Unpriced },
        { "https://github.com/BerriAI/litellm/issues/15135", "http://10.0.0.5:8000/v1", "gpt-4o", Tokens(1_000, 100), "", null, Unpriced },

        // 1,000 × 0.075 + 100 × 0.3: Groq's, who sells OpenAI's open model
        { "https://github.com/BerriAI/litellm/issues/19309", Groq, "openai/gpt-oss-20b", Tokens(1_000, 100), "", "0.000105", Exact },

        // 1,000 × 1 + 100 × 5
        { "https://github.com/github/docs/issues/44777", "https://api.individual.githubcopilot.com", "claude-haiku-4.5", Tokens(1_000, 100), "", "0.0015", Exact },
    };

    /// <summary>Gets usage of which a part is missing.</summary>
    public static TheoryData<string, string, string, string, string, string?, CostCompleteness> Gaps => new()
    {
        { "only the total", OpenAI, "gpt-4o", "{\"total_tokens\":1100000}", "", "2.75", Partial },

        // The prompt was not counted, which no prompt costs: 50 × 10 at least
        { "https://github.com/MiXaiLL76/auto_ai_router/pull/142", OpenAI, "gpt-4o", Tokens(0, 50), "", "0.0005", Partial },
    };

    private static string Tier(string name) => $"\"service_tier\":\"{name}\"";

    private static string Cached(int tokens) => $"\"prompt_tokens_details\":{{\"cached_tokens\":{tokens}}}";

    private static string Reasoning(int tokens) => $"\"completion_tokens_details\":{{\"reasoning_tokens\":{tokens}}}";

    private static string Tokens(int input, int output, int? total = null, string? further = null) =>
        $"{{\"prompt_tokens\":{input},\"completion_tokens\":{output},\"total_tokens\":{total ?? (input + output)}{(further is null ? "" : $",{further}")}}}";
}

using AiObs.Operations;

namespace AiObs.Libraries.Tests.Costs;

/// <summary>Reports about OpenAI's Responses: where it was reported, model, tier that was asked for, what the response put out, its usage, what else it has, and what is right.</summary>
internal static class ResponseReports
{
    private const CostCompleteness Exact = CostCompleteness.Exact;
    private const CostCompleteness Partial = CostCompleteness.Partial;

    private const string OpensPage = "{\"type\":\"web_search_call\",\"id\":\"w2\",\"status\":\"completed\",\"action\":{\"type\":\"open_page\",\"url\":\"https://a.example\"}}";
    private const string FindsInPage = "{\"type\":\"web_search_call\",\"id\":\"w3\",\"status\":\"completed\",\"action\":{\"type\":\"find_in_page\",\"url\":\"https://a.example\",\"pattern\":\"b\"}}";
    private const string FileSearch = "{\"type\":\"file_search_call\",\"id\":\"f1\",\"status\":\"completed\",\"queries\":[\"a\"]}";
    private const string Code = "{\"type\":\"code_interpreter_call\",\"id\":\"i1\",\"status\":\"completed\",\"container_id\":\"c\",\"code\":\"1\",\"outputs\":[]}";
    private const string Image = "{\"type\":\"image_generation_call\",\"id\":\"p1\",\"status\":\"completed\",\"result\":\"AAAA\"}";

    /// <summary>Gets fees of the service's own tools, beside 1,000 × 1.25 + 100 × 10 for the tokens of gpt-5.</summary>
    public static TheoryData<string, string, string?, string, string, string, string, CostCompleteness> Tools => new()
    {
        { "two searches of the web", "gpt-5", null, $"{Search(1)},{Search(2)}", Tokens(1_000, 100), "", "0.02225", Exact },
        { "a search of files", "gpt-5", null, FileSearch, Tokens(1_000, 100), "", "0.00475", Exact },
        { "a fee that nobody knows", "gpt-5", null, Code, Tokens(1_000, 100), "", "0.00225", Partial },
        { "no tools", "gpt-5", null, "", Tokens(1_000, 100), "", "0.00225", Exact },
        { "the fee of an image", "gpt-5", null, Image, Tokens(1_000, 100), "", "0.00225", Partial },
        { "web and files", "gpt-5", null, $"{Search(1)},{FileSearch}", Tokens(1_000, 100), "", "0.01475", Exact },

        // Not what is offered costs, but what is called: 1,000 × 2 + 100 × 8
        { "https://github.com/BerriAI/litellm/issues/10384", "gpt-4.1", null, "", Tokens(1_000, 100), "\"tools\":[{\"type\":\"web_search\",\"search_context_size\":\"medium\"}]", "0.0028", Exact },

        // 1,000 × 0.25 + 100 × 2, and four searches at 0.01
        { "https://github.com/BerriAI/litellm/issues/31316", "gpt-5-mini", null, $"{Search(1)},{Search(2)},{Search(3)},{Search(4)}", Tokens(1_000, 100), "", "0.04045", Exact },

        // 100 × 2.5 + 10 × 10, and two searches
        { "https://github.com/pydantic/pydantic-ai/pull/8310", "gpt-4o", null, $"{Search(1)},{Search(2)}", Tokens(100, 10), "", "0.02035", Exact },
        { "https://github.com/maximhq/bifrost/pull/7306", "gpt-5", null, $"{Search(1)},{OpensPage},{FindsInPage}", Tokens(1_000, 100), "", "0.01225", Exact },
    };

    /// <summary>Gets tiers and caches.</summary>
    public static TheoryData<string, string, string?, string, string, string, string, CostCompleteness> Terms => new()
    {
        { "half the rates", "gpt-5", null, "", Tokens(1_000, 100), "\"service_tier\":\"flex\"", "0.001125", Exact },

        // What served the call counts, not what was asked for.
        { "https://github.com/BerriAI/litellm/issues/31837", "gpt-5", "priority", "", Tokens(1_000, 100), "\"service_tier\":\"default\"", "0.00225", Exact },
        { "https://github.com/BerriAI/litellm/pull/17748", "gpt-5", "auto", "", Tokens(1_000, 100), "\"service_tier\":\"flex\"", "0.001125", Exact },

        // 1,647 × 1.25 + 115,584 × 0.125 + 225 × 10
        { "https://github.com/langfuse/codex-observability-plugin/issues/22", "gpt-5-codex", null, "", Tokens(117_231, 225, "\"cached_tokens\":115584"), "", "0.01875675", Exact },

        // 200 × 2.5 + 800 × 1.25 + 100 × 10
        { "https://github.com/comet-ml/opik/issues/6969", "gpt-4o", null, "", Tokens(1_000, 100, "\"cached_tokens\":800"), "", "0.0025", Exact },

        // 5,285 × 5 + 4,352 × 0.5 + 10 × 30
        { "https://github.com/pydantic/pydantic-ai/issues/5360", "gpt-5.5", null, "", Tokens(9_637, 10, "\"cached_tokens\":4352"), "", "0.028901", Exact },

        // 700 × 0.2 + 19,000 × 0.25 + 100 × 1.2
        { "https://github.com/earendil-works/pi/issues/6469", "gpt-5.6-luna", null, "", Tokens(19_700, 100, "\"cached_tokens\":0,\"cache_write_tokens\":19000"), "", "0.00501", Exact },
    };

    private static string Search(int number) =>
        $"{{\"type\":\"web_search_call\",\"id\":\"s{number}\",\"status\":\"completed\",\"action\":{{\"type\":\"search\",\"query\":\"a\"}}}}";

    private static string Tokens(int input, int output, string inputDetails = "\"cached_tokens\":0") =>
        $"{{\"input_tokens\":{input},\"input_tokens_details\":{{{inputDetails}}},\"output_tokens\":{output},\"output_tokens_details\":{{\"reasoning_tokens\":0}},\"total_tokens\":{input + output}}}";
}

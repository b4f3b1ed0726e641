using AiObs.Cost;
using AiObs.Operations;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;
using OpenAI.Chat;

namespace AiObs.Libraries.Tests.Costs;

/// <summary>What users of observability tools reported as wrong amounts, by usage as providers send it through the real SDKs, plain and streamed, and what is right.</summary>
public sealed class PublicReportTests
{
    private const string OpenAI = "https://api.openai.com/v1";
    private const string Anthropic = "https://api.anthropic.com";
    private const string Google = "https://generativelanguage.googleapis.com/v1beta/openai/";
    private const string OpenRouter = "https://openrouter.ai/api/v1";

    /// <summary>Gets the cases of Chat Completions: address, model, usage, what else the answer has, and what is right.</summary>
    public static TheoryData<string, string, string, string, string, CostCompleteness> Completions => new()
    {
        { OpenAI, "gpt-5", Tokens(1_000, 100), "\"service_tier\":\"flex\"", "0.001125", CostCompleteness.Exact },
        { OpenAI, "gpt-5", Tokens(1_000, 100), "\"service_tier\":\"default\"", "0.00225", CostCompleteness.Exact },
        { OpenAI, "gpt-5", Tokens(1_000, 100), "\"service_tier\":\"priority\"", "0.0045", CostCompleteness.Exact },
        { OpenAI, "gpt-5", Tokens(1_000, 100), "\"service_tier\":\"scale\"", "0.00225", CostCompleteness.Partial },
        { Google, "gemini-2.5-pro", Tokens(1_000, 20, 1_520), "", "0.00645", CostCompleteness.Exact },
        { OpenAI, "gpt-4o", Tokens(1_000, 20, 1_520), "", "0.0077", CostCompleteness.Estimated },
        { OpenAI, "gpt-4o-audio-preview", Tokens(1_000, 500, 1_500, "\"prompt_tokens_details\":{\"audio_tokens\":900},\"completion_tokens_details\":{\"audio_tokens\":400}"), "", "0.0075", CostCompleteness.Partial },
        { OpenAI, "gpt-4o", Tokens(100, 10, 110, "\"prompt_tokens_details\":{\"cached_tokens\":128}"), "", "0.000225", CostCompleteness.Estimated },
        { OpenRouter, "anthropic/claude-sonnet-4.5", Tokens(1_000, 100, 1_100, "\"cost\":0.0051"), "", "0.0051", CostCompleteness.Exact },
        { OpenRouter, "anthropic/claude-sonnet-4.5", Tokens(1_000, 100), "", "0.0045", CostCompleteness.Exact },
        { "https://api.deepseek.com", "deepseek-chat", Tokens(1_000, 100, 1_100, "\"prompt_cache_hit_tokens\":400,\"prompt_cache_miss_tokens\":600"), "", "0.000300", CostCompleteness.Exact },
        { "https://api.perplexity.ai", "sonar", Tokens(100, 10, 110, "\"search_context_size\":\"low\",\"cost\":{\"total_cost\":0.00511}"), "", "0.00511", CostCompleteness.Exact },
        { "https://api.perplexity.ai", "sonar", Tokens(100, 10), "", "0.01211", CostCompleteness.Estimated },
        { "https://api.perplexity.ai", "sonar-deep-research", Tokens(100, 10, 110, "\"citation_tokens\":1000,\"num_search_queries\":2"), "", "0.01228", CostCompleteness.Exact },
        { "https://api.x.ai/v1", "grok-4", Tokens(1_000, 100, 1_100, "\"cost_in_usd_ticks\":37500000"), "", "0.00375", CostCompleteness.Exact },
        { "https://eu.api.openai.com/v1", "gpt-4o", Tokens(1_000, 100), "", "0.0035", CostCompleteness.Partial },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Completions))]
    public async Task ChatCompletion_ByTheSdk_CostsWhatTheProviderBills(
        string address, string model, string usage, string further, string total, CostCompleteness completeness)
    {
        var members = further.Length == 0 ? "" : $",{further}";
        var plain = $$$$"""{"id":"c-1","object":"chat.completion","created":1767225600,"model":"{{{{model}}}}","choices":[{"index":0,"message":{"role":"assistant","content":"Dry."},"finish_reason":"stop"}],"usage":{{{{usage}}}}{{{{members}}}}}""";
        var streamed = Events(
            $$$$"""{"id":"c-1","object":"chat.completion.chunk","created":1767225600,"model":"{{{{model}}}}","choices":[{"index":0,"delta":{"role":"assistant","content":"Dry."},"finish_reason":"stop"}]}""",
            $$$$"""{"id":"c-1","object":"chat.completion.chunk","created":1767225600,"model":"{{{{model}}}}","choices":[],"usage":{{{{usage}}}}{{{{members}}}}}""",
            "[DONE]");

        await AssertCostsAsync(StubbedHttp.OpenAIChat(address, model, plain), isStreaming: false, total, completeness);
        await AssertCostsAsync(StubbedHttp.OpenAIChat(address, model, streamed), isStreaming: true, total, completeness);
        await AssertRawCostsAsync(address, model, plain, isStreaming: false, total, completeness);
        await AssertRawCostsAsync(address, model, streamed, isStreaming: true, total, completeness);
    }

    [Theory]
    [InlineData("[{\"type\":\"web_search_call\",\"id\":\"w1\",\"status\":\"completed\",\"action\":{\"type\":\"search\",\"query\":\"a\"}},{\"type\":\"web_search_call\",\"id\":\"w2\",\"status\":\"completed\",\"action\":{\"type\":\"search\",\"query\":\"b\"}}]", "0.02225", CostCompleteness.Exact)]
    [InlineData("[{\"type\":\"file_search_call\",\"id\":\"f1\",\"status\":\"completed\",\"queries\":[\"a\"]}]", "0.00475", CostCompleteness.Exact)]
    [InlineData("[{\"type\":\"code_interpreter_call\",\"id\":\"i1\",\"status\":\"completed\",\"container_id\":\"c\",\"code\":\"1\",\"outputs\":[]}]", "0.00225", CostCompleteness.Partial)]
    [InlineData("[]", "0.00225", CostCompleteness.Exact)]
    public async Task Response_WithHostedTools_CostsTheirFeesToo(string output, string total, CostCompleteness completeness)
    {
        var state = $$$$"""{"id":"resp_1","object":"response","created_at":1767225600,"status":"completed","model":"gpt-5","output":{{{{output}}}},"parallel_tool_calls":true,"tool_choice":"auto","tools":[],"usage":{"input_tokens":1000,"input_tokens_details":{"cached_tokens":0},"output_tokens":100,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":1100}}""";
        var streamed = Events($$$$"""{"type":"response.completed","sequence_number":1,"response":{{{{state}}}}}""");

        await AssertCostsAsync(StubbedHttp.OpenAIResponses(OpenAI, "gpt-5", state), isStreaming: false, total, completeness);
        await AssertCostsAsync(StubbedHttp.OpenAIResponses(OpenAI, "gpt-5", streamed), isStreaming: true, total, completeness);
    }

    [Theory]
    [InlineData("claude-opus-4-6", "\"input_tokens\":23000,\"output_tokens\":1000,\"iterations\":[{\"type\":\"compaction\",\"input_tokens\":180000,\"output_tokens\":3500},{\"type\":\"message\",\"input_tokens\":23000,\"output_tokens\":1000}]", "1.1275", CostCompleteness.Exact)]
    [InlineData("claude-sonnet-4-5", "\"input_tokens\":6,\"cache_creation_input_tokens\":14980,\"cache_read_input_tokens\":17922,\"cache_creation\":{\"ephemeral_5m_input_tokens\":0,\"ephemeral_1h_input_tokens\":14980},\"output_tokens\":100", "0.0967746", CostCompleteness.Exact)]
    [InlineData("claude-sonnet-4-5", "\"input_tokens\":6,\"cache_creation_input_tokens\":14980,\"cache_read_input_tokens\":17922,\"cache_creation\":{\"ephemeral_5m_input_tokens\":14980,\"ephemeral_1h_input_tokens\":0},\"output_tokens\":100", "0.0630696", CostCompleteness.Exact)]
    [InlineData("claude-sonnet-4-5", "\"input_tokens\":6,\"cache_creation_input_tokens\":14980,\"cache_read_input_tokens\":17922,\"output_tokens\":100", "0.0630696", CostCompleteness.Partial)]
    [InlineData("claude-opus-4-6", "\"input_tokens\":1000,\"output_tokens\":100,\"speed\":\"fast\"", "0.045", CostCompleteness.Exact)]
    [InlineData("claude-opus-4-6", "\"input_tokens\":1000,\"output_tokens\":100,\"inference_geo\":\"us\"", "0.00825", CostCompleteness.Exact)]
    [InlineData("claude-opus-4-6", "\"input_tokens\":1000,\"output_tokens\":100,\"service_tier\":\"batch\"", "0.00375", CostCompleteness.Exact)]
    [InlineData("claude-sonnet-4-5", "\"input_tokens\":1000,\"output_tokens\":100,\"server_tool_use\":{\"web_search_requests\":2,\"web_fetch_requests\":0}", "0.0245", CostCompleteness.Exact)]
    public async Task Message_OfAnthropic_CostsWhatItsUsageSays(string model, string usage, string total, CostCompleteness completeness)
    {
        var plain = $$$$"""{"id":"msg_1","type":"message","role":"assistant","model":"{{{{model}}}}","content":[{"type":"text","text":"Dry."}],"stop_reason":"end_turn","stop_sequence":null,"usage":{{{{{usage}}}}}}""";
        string[] events =
        [
            $$$$"""{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"{{{{model}}}}","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Dry."}}""",
            """{"type":"content_block_stop","index":0}""",
            $$$$"""{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{{{{{usage}}}}}}""",
            """{"type":"message_stop"}""",
        ];

        await AssertCostsAsync(StubbedHttp.Anthropic(Anthropic, model, plain), isStreaming: false, total, completeness);
        await AssertCostsAsync(
            StubbedHttp.Anthropic(Anthropic, model, string.Concat(events.Select(static data => $"event: {data.Split('"')[3]}\ndata: {data}\n\n"))), isStreaming: true, total, completeness);
    }

    private static string Tokens(int input, int output, int? total = null, string? further = null) =>
        $"{{\"prompt_tokens\":{input},\"completion_tokens\":{output},\"total_tokens\":{total ?? (input + output)}{(further is null ? "" : $",{further}")}}}";

    private static string Events(params string[] events) => string.Concat(events.Select(static data => $"data: {data}\n\n"));

    private static async Task AssertCostsAsync(IChatClient model, bool isStreaming, string total, CostCompleteness completeness)
    {
        using var root = AgentObservability.Create(static builder => builder.AddCostTracking());
        using var client = model.UseAgentObservability(root);
        _ = isStreaming
            ? await client.GetStreamingResponseAsync("Dry?", cancellationToken: Token).ToChatResponseAsync(Token)
            : await client.GetResponseAsync("Dry?", cancellationToken: Token);

        await AssertRecordAsync(root, $"streamed {isStreaming}", total, completeness);
    }

    private static async Task AssertRawCostsAsync(string address, string model, string body, bool isStreaming, string total, CostCompleteness completeness)
    {
        using var root = AgentObservability.Create(static builder => builder.AddCostTracking());
        var client = StubbedHttp.Connect(address, body, options => options.UseAgentObservability(root)).GetChatClient(model);
        if (isStreaming)
        {
            await foreach (var _ in client.CompleteChatStreamingAsync([new UserChatMessage("Dry?")], cancellationToken: Token))
            {
            }
        }
        else
        {
            await client.CompleteChatAsync([new UserChatMessage("Dry?")], cancellationToken: Token);
        }

        await AssertRecordAsync(root, $"raw, streamed {isStreaming}", total, completeness);
    }

    private static async Task AssertRecordAsync(AgentObservability root, string way, string total, CostCompleteness completeness)
    {
        var record = (await root.Costs!.Store.ListAsync(CostQuery.All, Token)).Records.Single();

        Assert.True(
            record.Total == decimal.Parse(total, System.Globalization.CultureInfo.InvariantCulture) && record.Completeness == completeness,
            $"{way}: {record.Total} {record.Completeness} {record.ReportedTotal} {record.Receipt}");
    }
}

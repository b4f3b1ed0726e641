using AiObs.Cost;
using AiObs.Cost.Pricing;
using AiObs.Operations;
using AiObs.TestSupport;
using FakeModelServer;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OllamaSharp;
using OpenAI;
using OpenAI.Chat;

namespace AiObs.Libraries.Tests.Costs;

/// <summary>What users of observability tools reported as wrong amounts, by usage as providers send it through the real SDKs, plain and streamed, and what is right.</summary>
public sealed class PublicReportTests
{
    private const string OpenAI = "https://api.openai.com/v1";
    private const string Anthropic = "https://api.anthropic.com";
    private const string Bedrock = "https://bedrock-runtime.us-east-1.amazonaws.com";

    // Some rates are those of a date, or of a time of day.
    private static readonly DateTimeOffset Time = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(CompletionReports.Tiers), MemberType = typeof(CompletionReports))]
    [MemberData(nameof(CompletionReports.Caches), MemberType = typeof(CompletionReports))]
    [MemberData(nameof(CompletionReports.Thoughts), MemberType = typeof(CompletionReports))]
    [MemberData(nameof(CompletionReports.LongContexts), MemberType = typeof(CompletionReports))]
    [MemberData(nameof(CompletionReports.Amounts), MemberType = typeof(CompletionReports))]
    [MemberData(nameof(CompletionReports.Fees), MemberType = typeof(CompletionReports))]
    [MemberData(nameof(CompletionReports.Audio), MemberType = typeof(CompletionReports))]
    [MemberData(nameof(CompletionReports.Names), MemberType = typeof(CompletionReports))]
    [MemberData(nameof(CompletionReports.Addresses), MemberType = typeof(CompletionReports))]
    [MemberData(nameof(CompletionReports.Gaps), MemberType = typeof(CompletionReports))]
    public async Task ChatCompletion_ByTheSdk_CostsWhatTheProviderBills(
        string report, string address, string model, string usage, string further, string? total, CostCompleteness completeness)
    {
        var members = further.Length == 0 ? "" : $",{further}";
        var plain = $$$$"""{"id":"c-1","object":"chat.completion","created":1767225600,"model":"{{{{model}}}}","choices":[{"index":0,"message":{"role":"assistant","content":"Dry."},"finish_reason":"stop"}],"usage":{{{{usage}}}}{{{{members}}}}}""";
        var streamed = Events(
            Chunk(model),
            $$$$"""{"id":"c-1","object":"chat.completion.chunk","created":1767225600,"model":"{{{{model}}}}","choices":[],"usage":{{{{usage}}}}{{{{members}}}}}""",
            "[DONE]");

        await AssertCostsAsync(report, StubbedHttp.OpenAIChat(address, model, plain), isStreaming: false, total, completeness);
        await AssertCostsAsync(report, StubbedHttp.OpenAIChat(address, model, streamed), isStreaming: true, total, completeness);
        await AssertRawCostsAsync(report, address, model, plain, isStreaming: false, total, completeness);
        await AssertRawCostsAsync(report, address, model, streamed, isStreaming: true, total, completeness);
    }

    /// <summary>Where a server counts in another place: within the last choice, or in an object of its own.</summary>
    [Theory]
    [InlineData("https://github.com/earendil-works/pi/issues/2017", "https://api.moonshot.ai/v1", "kimi-k2-0905-preview", "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\",\"usage\":{\"prompt_tokens\":1336,\"completion_tokens\":31,\"total_tokens\":1367,\"cached_tokens\":1280}}]", "0.0003031")]
    [InlineData("https://github.com/Arize-ai/phoenix/issues/5729", "https://api.groq.com/openai/v1", "llama-3.3-70b-versatile", "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"x_groq\":{\"id\":\"req_1\",\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":100,\"total_tokens\":1100}}", "0.000669")]
    public async Task Stream_ThatCountsInAnotherPlace_IsCounted(string report, string address, string model, string end, string total)
    {
        var streamed = Events(
            $$$$"""{"id":"c-1","object":"chat.completion.chunk","created":1767225600,"model":"{{{{model}}}}","choices":[{"index":0,"delta":{"role":"assistant","content":"Dry."}}]}""",
            $$$$"""{"id":"c-1","object":"chat.completion.chunk","created":1767225600,"model":"{{{{model}}}}",{{{{end}}}}}""",
            "[DONE]");

        await AssertCostsAsync(report, StubbedHttp.OpenAIChat(address, model, streamed), isStreaming: true, total, CostCompleteness.Exact);
        await AssertRawCostsAsync(report, address, model, streamed, isStreaming: true, total, CostCompleteness.Exact);
    }

    /// <summary>What a stream does not count is estimated, and is not said to be exact: https://github.com/microsoft/semantic-kernel/issues/13200.</summary>
    [Fact]
    public async Task Stream_WithoutUsage_IsEstimated()
    {
        using var root = Create();
        using var client = StubbedHttp.OpenAIChat(OpenAI, "gpt-4o", Events(Chunk("gpt-4o"), "[DONE]")).UseAgentObservability(root);

        await client.GetStreamingResponseAsync("Dry?", cancellationToken: Token).ToChatResponseAsync(Token);

        var record = await SingleAsync(root);
        Assert.Equal((CostCompleteness.Estimated, true), (record.Completeness, record.Total > 0));
    }

    /// <summary>Azure's answers name the model of a deployment: https://github.com/langchain-ai/langchain/issues/24324.</summary>
    [Fact]
    public async Task Deployment_OfAzure_CostsWhatItsModelCosts()
    {
        var plain = """{"id":"c-1","object":"chat.completion","created":1767225600,"model":"gpt-4o-2024-08-06","choices":[{"index":0,"message":{"role":"assistant","content":"Dry."},"finish_reason":"stop"}],"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}""";

        await AssertCostsAsync(
            "Azure", StubbedHttp.OpenAIChat("https://acme.openai.azure.com/openai/v1/", "prod-chat", plain), isStreaming: false, "0.0035", CostCompleteness.Exact);
    }

    [Theory]
    [MemberData(nameof(ResponseReports.Tools), MemberType = typeof(ResponseReports))]
    [MemberData(nameof(ResponseReports.Terms), MemberType = typeof(ResponseReports))]
    public async Task Response_ByTheSdk_CostsWhatTheProviderBills(
        string report, string model, string? tier, string output, string usage, string further, string total, CostCompleteness completeness)
    {
        var members = further.Length == 0 ? "" : $",{further}";
        var tools = further.Contains("\"tools\"", StringComparison.Ordinal) ? "" : ",\"tools\":[]";
        var state = $$$$"""{"id":"resp_1","object":"response","created_at":1767225600,"status":"completed","model":"{{{{model}}}}","output":[{{{{output}}}}],"parallel_tool_calls":true,"tool_choice":"auto"{{{{tools}}}},"usage":{{{{usage}}}}{{{{members}}}}}""";
        var streamed = Events($$$$"""{"type":"response.completed","sequence_number":1,"response":{{{{state}}}}}""");
        var options = tier is null ? null : new ChatOptions { AdditionalProperties = new() { ["service_tier"] = tier } };

        await AssertCostsAsync(report, StubbedHttp.OpenAIResponses(OpenAI, model, state), isStreaming: false, total, completeness, options);
        await AssertCostsAsync(report, StubbedHttp.OpenAIResponses(OpenAI, model, streamed), isStreaming: true, total, completeness, options);
    }

    [Theory]
    [MemberData(nameof(MessageReports.Caches), MemberType = typeof(MessageReports))]
    [MemberData(nameof(MessageReports.Terms), MemberType = typeof(MessageReports))]
    [MemberData(nameof(MessageReports.Rounds), MemberType = typeof(MessageReports))]
    public async Task Message_OfAnthropic_CostsWhatItsUsageSays(string report, string model, string usage, string total, CostCompleteness completeness)
    {
        await AssertCostsAsync(report, StubbedHttp.Anthropic(Anthropic, model, Message(model, usage)), isStreaming: false, total, completeness);
        await AssertCostsAsync(
            report, StubbedHttp.Anthropic(Anthropic, model, MessageStream(model, "\"input_tokens\":1,\"output_tokens\":1", usage)), isStreaming: true, total, completeness);
    }

    [Theory]
    [MemberData(nameof(MessageReports.Streams), MemberType = typeof(MessageReports))]
    public async Task Stream_OfAnthropic_IsCountedOnce(string report, string start, string[] deltas, string total, CostCompleteness completeness) =>
        await AssertCostsAsync(
            report, StubbedHttp.Anthropic(Anthropic, "claude-sonnet-4-5", MessageStream("claude-sonnet-4-5", start, deltas)), isStreaming: true, total, completeness);

    [Theory]
    [MemberData(nameof(MessageReports.Bedrock), MemberType = typeof(MessageReports))]
    public async Task Message_OfBedrock_CostsWhatThePlaceCosts(string report, string asked, string answered, string usage, string total, CostCompleteness completeness)
    {
        await AssertCostsAsync(report, StubbedHttp.Anthropic(Bedrock, asked, Message(answered, usage)), isStreaming: false, total, completeness);
        await AssertCostsAsync(
            report, StubbedHttp.Anthropic(Bedrock, asked, MessageStream(answered, "\"input_tokens\":1,\"output_tokens\":1", usage)), isStreaming: true, total, completeness);
    }

    /// <summary>Asked to be fast, and served as ever: https://github.com/BerriAI/litellm/pull/38378.</summary>
    [Fact]
    public async Task Message_ServedAtAnotherSpeedThanAsked_CostsWhatWasServed()
    {
        var options = new ChatOptions { AdditionalProperties = new() { ["speed"] = "fast" } };
        var plain = Message("claude-opus-4-6", "\"input_tokens\":1000,\"output_tokens\":100,\"speed\":\"standard\"");

        await AssertCostsAsync("speed", StubbedHttp.Anthropic(Anthropic, "claude-opus-4-6", plain), isStreaming: false, "0.0075", CostCompleteness.Exact, options);
    }

    /// <summary>A model on this machine has no price, or none is paid for it: https://github.com/archestra-ai/archestra/pull/6906.</summary>
    [Theory]
    [InlineData(LocalCallPricing.Unpriced, null, CostCompleteness.Unpriced)]
    [InlineData(LocalCallPricing.Free, "0", CostCompleteness.Exact)]
    public async Task Chat_OfOllama_CostsNothingThatAnybodyKnows(LocalCallPricing local, string? total, CostCompleteness completeness)
    {
        await using var server = await FakeServer.StartAsync(cancellationToken: Token);
        var reply = new ModelReply { Text = ["Dry."], Usage = new() { InputTokens = 1_000, OutputTokens = 100 } };
        server.Enqueue(reply, reply);
        await AssertCostsAsync("local", new OllamaApiClient(server.BaseAddress, "llama3.2"), isStreaming: false, total, completeness, local: local);
        await AssertCostsAsync("local", new OllamaApiClient(server.BaseAddress, "llama3.2"), isStreaming: true, total, completeness, local: local);
    }

    /// <summary>What a cache hands out was paid for once: https://github.com/BerriAI/litellm/issues/14749.</summary>
    [Fact]
    public async Task Answers_FromACache_ArePaidForOnce()
    {
        using var root = Create();
        IDistributedCache cache = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
        using var client = StubbedHttp.Anthropic(Anthropic, "claude-sonnet-4-5", Message("claude-sonnet-4-5", "\"input_tokens\":1000,\"output_tokens\":100")).AsBuilder()
            .UseAgentObservability(root)
            .UseDistributedCache(cache)
            .Build();

        for (var hit = 0; hit < 3; hit++)
        {
            await client.GetResponseAsync("Dry?", cancellationToken: Token);
        }

        var record = await SingleAsync(root);
        Assert.Equal((0.0045m, CostCompleteness.Exact), (record.Total, record.Completeness));
    }

    /// <summary>Embeddings have a price too: https://github.com/spanlens/Spanlens/pull/325.</summary>
    [Fact]
    public async Task Embeddings_ByTheSdk_CostTheirInput()
    {
        using var root = Create();
        const string Body = """{"object":"list","model":"text-embedding-3-small","data":[{"object":"embedding","index":0,"embedding":"AAAAPwAAgD4="}],"usage":{"prompt_tokens":8,"total_tokens":8}}""";
        using var generator = StubbedHttp.Connect(OpenAI, Body).GetEmbeddingClient("text-embedding-3-small").AsIEmbeddingGenerator().UseAgentObservability(root);

        await generator.GenerateAsync(["Dry?"], cancellationToken: Token);

        var record = await SingleAsync(root);
        Assert.Equal((0.00000016m, CostCompleteness.Exact), (record.Total, record.Completeness));
    }

    private static string Chunk(string model) =>
        $$$$"""{"id":"c-1","object":"chat.completion.chunk","created":1767225600,"model":"{{{{model}}}}","choices":[{"index":0,"delta":{"role":"assistant","content":"Dry."},"finish_reason":"stop"}]}""";

    private static string Message(string model, string usage) =>
        $$$$"""{"id":"msg_1","type":"message","role":"assistant","model":"{{{{model}}}}","content":[{"type":"text","text":"Dry."}],"stop_reason":"end_turn","stop_sequence":null,"usage":{{{{{usage}}}}}}""";

    private static string MessageStream(string model, string start, params string[] deltas)
    {
        string[] events =
        [
            $$$$"""{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"{{{{model}}}}","content":[],"stop_reason":null,"stop_sequence":null,"usage":{{{{{start}}}}}}}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Dry."}}""",
            """{"type":"content_block_stop","index":0}""",
            .. deltas.Select(static usage => $$$$"""{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{{{{{usage}}}}}}"""),
            """{"type":"message_stop"}""",
        ];
        return string.Concat(events.Select(static data => $"event: {data.Split('"')[3]}\ndata: {data}\n\n"));
    }

    private static string Events(params string[] events) => string.Concat(events.Select(static data => $"data: {data}\n\n"));

    private static AgentObservability Create(LocalCallPricing local = LocalCallPricing.Unpriced) => AgentObservability.Create(builder =>
    {
        builder.Services.AddSingleton<TimeProvider>(new TestClock(Time));
        builder.AddCostTracking(options => options.Pricing.LocalCalls = local);
    });

    private static async Task AssertCostsAsync(
        string report,
        IChatClient model,
        bool isStreaming,
        string? total,
        CostCompleteness completeness,
        ChatOptions? options = null,
        LocalCallPricing local = LocalCallPricing.Unpriced)
    {
        using var root = Create(local);
        using var client = model.UseAgentObservability(root);
        _ = isStreaming
            ? await client.GetStreamingResponseAsync("Dry?", options, Token).ToChatResponseAsync(Token)
            : await client.GetResponseAsync("Dry?", options, Token);

        await AssertRecordAsync(root, $"{report}, streamed {isStreaming}", total, completeness);
    }

    private static async Task AssertRawCostsAsync(
        string report, string address, string model, string body, bool isStreaming, string? total, CostCompleteness completeness)
    {
        using var root = Create();
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

        await AssertRecordAsync(root, $"{report}, raw, streamed {isStreaming}", total, completeness);
    }

    private static async Task AssertRecordAsync(AgentObservability root, string way, string? total, CostCompleteness completeness)
    {
        var record = await SingleAsync(root);
        decimal? right = total is null ? null : decimal.Parse(total, System.Globalization.CultureInfo.InvariantCulture);

        Assert.True(
            record.Total == right && record.Completeness == completeness,
            $"{way}: {record.Total} {record.Completeness}, not {total} {completeness}; reported {record.ReportedTotal}; {record.Receipt}");
    }

    private static async Task<CostRecord> SingleAsync(AgentObservability root) =>
        Assert.Single((await root.Costs!.Store.ListAsync(CostQuery.All, Token)).Records);
}

using System.Diagnostics;
using AiObs.TestSupport;
using FakeModelServer;

namespace AiObs.OpenAI.Tests.Http;

/// <summary>Whole dictionaries of calls that go well, in every format, plain and streamed.</summary>
public sealed class HttpChatTests
{
    private const string OpenAIBody = """{"model":"gpt-4o","temperature":0.7,"messages":[{"role":"user","content":"Weather?"}],"stream_options":{"include_usage":true}}""";

    private const string MessagesBody =
        """
        {"model":"claude-sonnet-4-5","max_tokens":100,"temperature":0.7,"top_p":0.5,"top_k":40,"stop_sequences":["END"],
         "system":[{"type":"text","text":"Be brief."},{"type":"text","text":"Be kind."}],
         "tool_choice":{"type":"any","disable_parallel_tool_use":true},
         "tools":[{"name":"get_weather","description":"Tells the weather.","input_schema":{"type":"object"}},{"type":"web_search_20250305","name":"web_search"}],
         "messages":[
           {"role":"user","content":"Weather?"},
           {"role":"assistant","content":[{"type":"thinking","thinking":"Rome first.","signature":"sig"},{"type":"tool_use","id":"toolu_1","name":"get_weather","input":{"city":"Rome"}}]},
           {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":[{"type":"text","text":"rain"}]}]},
           {"role":"user","content":[{"type":"text","text":"And here?"},{"type":"image","source":{"type":"url","url":"https://example.com/sky.png"}}]}]}
        """;

    private const string OllamaBody =
        """
        {"model":"llama3","options":{"temperature":0.7,"top_p":0.5,"top_k":40,"seed":7,"num_predict":100,"stop":["END"]},"format":"json",
         "tools":[{"type":"function","function":{"name":"get_weather","description":"Tells the weather.","parameters":{"type":"object"}}}],
         "messages":[
           {"role":"system","content":"Be brief."},
           {"role":"user","content":"Weather?"},
           {"role":"assistant","content":"","tool_calls":[{"function":{"name":"get_weather","arguments":{"city":"Rome"}}}]},
           {"role":"tool","tool_name":"get_weather","content":"rain"}]}
        """;

    private const string MessagesInput =
        """[{"role":"user","parts":[{"type":"text","content":"Weather?"}]},{"role":"assistant","parts":[{"type":"reasoning","content":"Rome first."},{"type":"tool_call","id":"toolu_1","name":"get_weather","arguments":{"city":"Rome"}}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"toolu_1","response":"rain"}]},{"role":"user","parts":[{"type":"text","content":"And here?"},{"type":"uri","modality":"image","mime_type":"image/*","uri":"https://example.com/sky.png"}]}]""";

    private const string MessagesOutput =
        """[{"role":"assistant","parts":[{"type":"reasoning","content":"Oslo, then."},{"type":"text","content":"Let me see."},{"type":"tool_call","id":"toolu_fake000001x0","name":"get_weather","arguments":{"city":"Oslo"}}],"finish_reason":"tool_call"}]""";

    private const string MessagesInstructions = """[{"type":"text","content":"Be brief.\nBe kind."}]""";

    private const string ToolName = """{"type":"function","function":{"name":"get_weather"}}""";

    private const string SearchTool = """,{"type":"web_search_20250305","name":"web_search"}""";

    private const string OllamaInput =
        """[{"role":"system","parts":[{"type":"text","content":"Be brief."}]},{"role":"user","parts":[{"type":"text","content":"Weather?"}]},{"role":"assistant","parts":[{"type":"tool_call","name":"get_weather","arguments":{"city":"Rome"}}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"get_weather","response":"rain"}]}]""";

    private const string OllamaOutput =
        """[{"role":"assistant","parts":[{"type":"reasoning","content":"Oslo, then."},{"type":"text","content":"Let me see."},{"type":"tool_call","id":"call_fake000001x0","name":"get_weather","arguments":{"city":"Oslo"}}],"finish_reason":"stop"}]""";

    public static TheoryData<WireFormat, CallStyle> Calls => new MatrixTheoryData<WireFormat, CallStyle>([WireFormat.Messages, WireFormat.Ollama], Enum.GetValues<CallStyle>());

    public static TheoryData<CallStyle> Styles => [.. Enum.GetValues<CallStyle>()];

    private static ModelReply Reply => new()
    {
        Reasoning = ["Oslo, ", "then."],
        Text = ["Let me ", "see."],
        ToolCalls = [new ModelToolCall { Name = "get_weather", Arguments = ["""{"city":""", "\"Oslo\"}"] }],
        Usage = new() { InputTokens = 100, OutputTokens = 50, CacheReadTokens = 40, CacheWriteTokens = 10, ReasoningTokens = 5 },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_ContentOff_WritesWhatIsNoContent(WireFormat format, CallStyle style)
    {
        await using var http = await ObservedHttp.StartAsync();
        http.Server.Enqueue(Reply);

        await http.SendAsync(format, BodyOf(format), style);

        SpanAssert.Attributes(format == WireFormat.Messages ? MessagesTags(http, style) : OllamaTags(http, style), http.Span);
        SpanAssert.Status(ActivityStatusCode.Unset, null, http.Span);
        Assert.Equal((format == WireFormat.Messages ? "chat claude-sonnet-4-5" : "chat llama3", ActivityKind.Client), (http.Span.DisplayName, http.Span.Kind));
        Assert.Empty(http.Metrics.Of("aiobs.faults"));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_ContentOn_SaysWhatWasSaid(WireFormat format, CallStyle style)
    {
        await using var http = await ObservedHttp.StartAsync(ObservedHttp.WithContent);
        http.Server.Enqueue(Reply);

        await http.SendAsync(format, BodyOf(format), style);

        Assert.Equal(
            format == WireFormat.Messages ? (MessagesInput, MessagesOutput, MessagesInstructions) : (OllamaInput, OllamaOutput, null),
            (http.Span.GetTagItem("gen_ai.input.messages"), http.Span.GetTagItem("gen_ai.output.messages"), http.Span.GetTagItem("gen_ai.system_instructions")));
        Assert.Equal(
            $$$"""[{"type":"function","name":"get_weather","description":"Tells the weather.","parameters":{"type":"object"}}{{{(format == WireFormat.Messages ? SearchTool : "")}}}]""",
            http.Span.GetTagItem("gen_ai.tool.definitions"));
        Assert.Empty(http.OurLogs);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Messages_WithToolsOfTheService_OfferThemUnderTheirOwnTypes(bool hasContent)
    {
        await using var http = await ObservedHttp.StartAsync(hasContent ? ObservedHttp.WithContent : null);
        http.Server.Enqueue(Reply);

        await http.SendAsync(WireFormat.Messages, """
            {"model":"claude-sonnet-4-5","max_tokens":9,"messages":[{"role":"user","content":"Weather?"}],"tools":[
              {"type":"custom","name":"get_weather","input_schema":{"type":"object"}},
              {"type":"computer_20250124","name":"computer","display_width_px":1024,"display_height_px":768},
              {"type":"mcp_toolset","mcp_server_name":"maps"},
              {"name":""},7]}
            """);

        Assert.Equal(
            $$$"""[{"type":"function","name":"get_weather"{{{(hasContent ? ""","parameters":{"type":"object"}""" : "")}}}},{"type":"computer_20250124","name":"computer"},{"type":"mcp_toolset","name":"mcp_toolset"}]""",
            http.Span.GetTagItem("gen_ai.tool.definitions"));
        Assert.Empty(http.Metrics.Of("aiobs.faults"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Messages_WithACompaction_SayThatTheConversationIsShortened(bool hasContent)
    {
        await using var http = await ObservedHttp.StartAsync(hasContent ? ObservedHttp.WithContent : null);
        http.Server.Enqueue(Reply);

        await http.SendAsync(WireFormat.Messages, """
            {"model":"claude-sonnet-4-5","max_tokens":9,"messages":[
              {"role":"assistant","content":[{"type":"compaction","content":"They spoke of snow."}]},{"role":"user","content":"And now?"}]}
            """);

        Assert.Equal(true, http.Span.GetTagItem("gen_ai.conversation.compacted"));
        Assert.Equal(
            hasContent
                ? """[{"role":"assistant","parts":[{"type":"compaction","content":"They spoke of snow."}]},{"role":"user","parts":[{"type":"text","content":"And now?"}]}]"""
                : null,
            http.Span.GetTagItem("gen_ai.input.messages"));
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task ChatCompletions_ContentOff_WriteWhatTheSdkWouldHave(CallStyle style)
    {
        await using var http = await ObservedHttp.StartAsync();
        http.Server.Enqueue(ModelReply.Say("Sunny.") with { Usage = new() { InputTokens = 10, OutputTokens = 2 } });

        await http.SendAsync(WireFormat.ChatCompletions, OpenAIBody, style);

        var expected = ExpectedTags.Chat(http.Server).Answered("chatcmpl-fake000001", "stop").With(new()
        {
            ["openai.response.system_fingerprint"] = "fp_fake",
            ["gen_ai.request.temperature"] = 0.7,
            ["llm.invocation_parameters"] = """{"temperature":0.7}""",
            ["gen_ai.usage.input_tokens"] = 10L,
            ["gen_ai.usage.output_tokens"] = 2L,
            ["gen_ai.usage.cache_read.input_tokens"] = 0L,
            ["gen_ai.usage.reasoning.output_tokens"] = 0L,
            ["llm.token_count.prompt"] = 10L,
            ["llm.token_count.completion"] = 2L,
            ["llm.token_count.total"] = 12L,
            ["llm.token_count.prompt_details.cache_read"] = 0L,
            ["llm.token_count.completion_details.reasoning"] = 0L,
            ["llm.token_count.prompt_details.audio"] = 0L,
            ["llm.token_count.completion_details.audio"] = 0L,
        });
        SpanAssert.Attributes(IsStream(style) ? expected.Streamed("completed", chunks: 4) : expected, http.Span);
    }

    [Fact]
    public async Task Responses_Plain_AreOneSpan()
    {
        await using var http = await ObservedHttp.StartAsync(ObservedHttp.WithContent);
        http.Server.Enqueue(ModelReply.Say("Sunny."));

        await http.SendAsync(WireFormat.Responses, """{"model":"gpt-4o","input":"Weather?"}""");

        Assert.Equal(
            ("responses", ObservedHttp.Asked, "Sunny."),
            (http.Span.GetTagItem("openai.api.type"), http.Span.GetTagItem("input.value"), http.Span.GetTagItem("output.value")));
    }

    [Fact]
    public async Task Embeddings_Plain_AreOneSpan()
    {
        await using var http = await ObservedHttp.StartAsync();
        http.Server.Enqueue(new ModelReply { Usage = new() { InputTokens = 7 } });

        await http.SendAsync(WireFormat.Embeddings, """{"model":"text-embedding-3-small","input":["Oslo","Rome"]}""");

        Assert.Equal(("embeddings text-embedding-3-small", 7L), (http.Span.DisplayName, http.Span.GetTagItem("gen_ai.usage.input_tokens")));
    }

    [Theory]
    [InlineData(WireFormat.Messages, CallStyle.Async)]
    [InlineData(WireFormat.Messages, CallStyle.Streamed)]
    [InlineData(WireFormat.Ollama, CallStyle.Async)]
    [InlineData(WireFormat.Ollama, CallStyle.Streamed)]
    public async Task Call_Redacted_KeepsOutWhatTheApplicationMasks(WireFormat format, CallStyle style)
    {
        await using var http = await ObservedHttp.StartAsync(static options =>
        {
            options.CaptureContent = ContentCapture.All;
            options.Privacy.RedactText = static (_, text) => text.Replace("canary", "***", StringComparison.Ordinal);
        });
        http.Server.Enqueue(ModelReply.Say("A canary ", "sings."));

        await http.SendAsync(format, """{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"Which canary?"}]}""", style);

        Assert.Equal((ObservedHttp.Asked.Replace("Weather", "Which ***", StringComparison.Ordinal), "A *** sings."), (http.Span.GetTagItem("input.value"), http.Span.GetTagItem("output.value")));
        Assert.Empty(new CanaryScan("canary", "Bearer").Search(http.Spans.Spans).Search(http.OurLogs).Search(http.Metrics.Measurements).Hits);
    }

    private static string BodyOf(WireFormat format) => format == WireFormat.Messages ? MessagesBody : OllamaBody;

    private static bool IsStream(CallStyle style) => style is CallStyle.Streamed or CallStyle.StreamedSync;

    private static Dictionary<string, object?> Tags(ObservedHttp http, string provider, string model) => new()
    {
        ["gen_ai.operation.name"] = "chat",
        ["gen_ai.provider.name"] = provider,
        ["gen_ai.request.model"] = model,
        ["gen_ai.response.model"] = model,
        ["server.address"] = "127.0.0.1",
        ["server.port"] = (long)http.Server.BaseAddress.Port,
        ["openinference.span.kind"] = "LLM",
        ["llm.system"] = provider,
        ["llm.provider"] = provider,
        ["llm.model_name"] = model,
        ["llm.request.model_name"] = model,
        ["llm.response.model_name"] = model,
        ["gen_ai.usage.input_tokens"] = 100L,
        ["gen_ai.usage.output_tokens"] = 50L,
        ["llm.token_count.prompt"] = 100L,
        ["llm.token_count.completion"] = 50L,
        ["llm.token_count.total"] = 150L,
        ["gen_ai.request.temperature"] = 0.7,
        ["gen_ai.request.top_p"] = 0.5,
        ["gen_ai.request.top_k"] = 40.0,
        ["gen_ai.request.max_tokens"] = 100L,
        ["gen_ai.request.stop_sequences"] = new[] { "END" },
    };

    private static Dictionary<string, object?> MessagesTags(ObservedHttp http, CallStyle style)
    {
        var tags = Tags(http, "anthropic", "claude-sonnet-4-5").With(new()
        {
            ["gen_ai.response.id"] = "msg_fake000001",
            ["gen_ai.response.finish_reasons"] = new[] { "tool_calls" },
            ["llm.finish_reason"] = "tool_calls",
            ["aiobs.response.request_id"] = "req_fake000001",
            ["gen_ai.usage.cache_read.input_tokens"] = 40L,
            ["gen_ai.usage.cache_creation.input_tokens"] = 10L,
            ["gen_ai.usage.reasoning.output_tokens"] = 5L,
            ["llm.token_count.prompt_details.cache_read"] = 40L,
            ["llm.token_count.prompt_details.cache_write"] = 10L,
            ["llm.token_count.completion_details.reasoning"] = 5L,
            ["gen_ai.tool.definitions"] = $$"""[{"type":"function","name":"get_weather"}{{SearchTool}}]""",
            ["llm.tools.0.tool.json_schema"] = ToolName,
            ["llm.tools.1.tool.json_schema"] = """{"type":"web_search_20250305","function":{"name":"web_search"}}""",
            ["llm.invocation_parameters"] =
                """{"temperature":0.7,"top_p":0.5,"top_k":40,"max_tokens":100,"stop":["END"],"tool_choice":"required","parallel_tool_calls":false}""",
        });
        return IsStream(style) ? tags.Streamed("completed", chunks: 17) : tags;
    }

    private static Dictionary<string, object?> OllamaTags(ObservedHttp http, CallStyle style)
    {
        var tags = Tags(http, "ollama", "llama3").With(new()
        {
            ["gen_ai.response.finish_reasons"] = new[] { "stop" },
            ["llm.finish_reason"] = "stop",
            ["gen_ai.request.seed"] = 7L,
            ["gen_ai.output.type"] = "json",
            ["gen_ai.tool.definitions"] = """[{"type":"function","name":"get_weather"}]""",
            ["llm.tools.0.tool.json_schema"] = ToolName,
            ["llm.invocation_parameters"] =
                """{"temperature":0.7,"top_p":0.5,"top_k":40,"max_tokens":100,"seed":7,"stop":["END"],"response_format":"json"}""",
        });
        tags["llm.system"] = "meta";
        return IsStream(style) ? tags.Streamed("completed", chunks: 6) : tags;
    }
}

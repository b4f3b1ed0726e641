using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using AiObs.TestSupport;
using FakeModelServer;
using OpenAI.Chat;

namespace AiObs.OpenAI.Tests;

/// <summary>Whole dictionaries of chats that go well, in every way that the SDK has to make them.</summary>
public sealed class ChatTests
{
    private const string Schema = """{"type":"object","properties":{"city":{"type":"string"}}}""";
    private const string Parameters =
        """{"temperature":0.7,"top_p":0.5,"max_tokens":300,"frequency_penalty":0.1,"presence_penalty":0.2,"seed":7,"stop":["END"],"response_format":"json","reasoning_effort":"minimal","tool_choice":"get_weather","parallel_tool_calls":false}""";

    private const string InputJson =
        """[{"role":"system","parts":[{"type":"text","content":"Be brief."}]},{"role":"user","parts":[{"type":"text","content":"Weather?"}]},{"role":"assistant","parts":[{"type":"tool_call","id":"call_1","name":"get_weather","arguments":{"city":"Rome"}}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"call_1","response":"rain"}]}]""";

    private const string OutputJson =
        """[{"role":"assistant","parts":[{"type":"text","content":"Let me see."},{"type":"tool_call","id":"call_fake000001x0","name":"get_weather","arguments":{"city":"Oslo"}}],"finish_reason":"tool_call"}]""";

    public static TheoryData<CallStyle> Styles => [.. Enum.GetValues<CallStyle>()];

    private static ModelReply Reply => new()
    {
        Text = ["Let me ", "see."],
        ToolCalls = [new ModelToolCall { Name = "get_weather", Arguments = ["""{"city":""", "\"Oslo\"}"] }],
        Usage = new()
        {
            InputTokens = 100,
            OutputTokens = 50,
            CacheReadTokens = 40,
            ReasoningTokens = 5,
            InputAudioTokens = 3,
            OutputAudioTokens = 4,
        },
    };

    private static ChatMessage[] Messages =>
    [
        new SystemChatMessage("Be brief."),
        new UserChatMessage("Weather?"),
        new AssistantChatMessage([ChatToolCall.CreateFunctionToolCall("call_1", "get_weather", BinaryData.FromString("""{"city":"Rome"}"""))]),
        new ToolChatMessage("call_1", "rain"),
    ];

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Chat_ContentOff_WritesWhatIsNoContent(CallStyle style)
    {
        await using var client = await RawClient.StartAsync();
        client.Server.Enqueue(Reply);

        await client.AskAsync(style, Messages, CreateOptions());

        SpanAssert.Attributes(ExpectedWithoutContent(client, style), client.Span);
        SpanAssert.Status(ActivityStatusCode.Unset, null, client.Span);
        Assert.Equal(("chat gpt-4o", ActivityKind.Client), (client.Span.DisplayName, client.Span.Kind));
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Chat_ContentOn_WritesWhatIsSaidToo(CallStyle style)
    {
        await using var client = await RawClient.StartAsync(RawClient.WithContent);
        client.Server.Enqueue(Reply);

        var text = await client.AskAsync(style, Messages, CreateOptions());

        Assert.Equal("Let me see.", text);
        Assert.Empty(client.Logs.GetSnapshot());
        SpanAssert.Attributes(ExpectedWithoutContent(client, style).With(new()
        {
            ["gen_ai.input.messages"] = InputJson,
            ["gen_ai.output.messages"] = OutputJson,
            ["gen_ai.tool.definitions"] = $$$"""[{"type":"function","name":"get_weather","description":"Gets it.","parameters":{{{Schema}}}}]""",
            ["input.value"] = InputJson,
            ["input.mime_type"] = "application/json",
            ["output.value"] = OutputJson,
            ["output.mime_type"] = "application/json",
            ["llm.input_messages.0.message.role"] = "system",
            ["llm.input_messages.0.message.content"] = "Be brief.",
            ["llm.input_messages.1.message.role"] = "user",
            ["llm.input_messages.1.message.content"] = "Weather?",
            ["llm.input_messages.2.message.role"] = "assistant",
            ["llm.input_messages.2.message.tool_calls.0.tool_call.id"] = "call_1",
            ["llm.input_messages.2.message.tool_calls.0.tool_call.function.name"] = "get_weather",
            ["llm.input_messages.2.message.tool_calls.0.tool_call.function.arguments"] = """{"city":"Rome"}""",
            ["llm.input_messages.3.message.role"] = "tool",
            ["llm.input_messages.3.message.tool_call_id"] = "call_1",
            ["llm.input_messages.3.message.content"] = "rain",
            ["llm.output_messages.0.message.role"] = "assistant",
            ["llm.output_messages.0.message.content"] = "Let me see.",
            ["llm.output_messages.0.message.tool_calls.0.tool_call.id"] = "call_fake000001x0",
            ["llm.output_messages.0.message.tool_calls.0.tool_call.function.name"] = "get_weather",
            ["llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments"] = """{"city":"Oslo"}""",
            ["llm.tools.0.tool.json_schema"] =
                $$$"""{"type":"function","function":{"name":"get_weather","description":"Gets it.","parameters":{{{Schema}}}}}""",
        }), client.Span);
    }

    [Theory]
    [InlineData(CallStyle.Async)]
    [InlineData(CallStyle.Streamed)]
    public async Task Chat_PartsHidden_ShowsTheRest(CallStyle style)
    {
        await using var client = await RawClient.StartAsync(static options =>
        {
            RawClient.WithContent(options);
            options.Privacy.HideInputMessages = true;
            options.Privacy.HideOutputText = true;
            options.Privacy.HideLlmTools = true;
            options.Privacy.HideLlmInvocationParameters = true;
        });
        client.Server.Enqueue(ModelReply.Say("Sunny", "canary", "."));

        await client.AskAsync(style, [new UserChatMessage("canary?")], CreateOptions());

        Assert.Empty(new CanaryScan("canary", "get_weather", "0.7").Search(client.Spans.Spans).Hits);
        Assert.Equal(
            ("__REDACTED__", "__REDACTED__"),
            (client.Span.GetTagItem("input.value"), client.Span.GetTagItem("llm.output_messages.0.message.content")));
    }

    [Fact]
    public async Task Chat_MediaAndRefusals_AreParts()
    {
        await using var client = await RawClient.StartAsync(RawClient.WithContent);

        await client.AskAsync(CallStyle.Async,
        [
            new UserChatMessage(
                ChatMessageContentPart.CreateTextPart("What is it?"),
                ChatMessageContentPart.CreateImagePart(new Uri("https://example.com/a.png")),
                ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes([1, 2, 3]), "image/png"),
                ChatMessageContentPart.CreateFilePart("file-1"),
                ChatMessageContentPart.CreateInputAudioPart(BinaryData.FromBytes([4, 5]), ChatInputAudioFormat.Mp3)),
            new AssistantChatMessage(ChatMessageContentPart.CreateRefusalPart("No.")),
        ]);

        Assert.Equal(
            """[{"role":"user","parts":[{"type":"text","content":"What is it?"},{"type":"uri","modality":"image","mime_type":"image/*","uri":"https://example.com/a.png"},{"type":"blob","modality":"image","mime_type":"image/png","content":"AQID"},{"type":"file","modality":"document","file_id":"file-1"},{"type":"blob","modality":"audio","mime_type":"audio/mpeg","content":"BAU="}]},{"role":"assistant","parts":[{"type":"error","message":"No.","error_code":"Refusal"}]}]""",
            client.Span.GetTagItem("gen_ai.input.messages"));
    }

    [Fact]
    public async Task Chat_ServerReportsNoUsage_WritesNone()
    {
        await using var client = await RawClient.StartAsync();
        client.Server.Enqueue(ModelReply.Say("Sunny.") with { OmitUsage = true });

        await client.AskAsync(CallStyle.Streamed);

        Assert.DoesNotContain(client.Span.TagObjects, static tag => tag.Key.Contains("usage", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Chat_ReadToItsLengthAndNoFurther_IsWhole(bool isSync)
    {
        await using var client = await RawClient.StartAsync();
        client.Server.Enqueue(Reply);
        using var body = BinaryContent.Create(BinaryData.FromString("""{"model":"gpt-4o","messages":[]}"""));
        var options = new RequestOptions { BufferResponse = false, CancellationToken = TestContext.Current.CancellationToken };

        using (var response = (await client.Chat.CompleteChatAsync(body, options)).GetRawResponse())
        {
            Assert.True(response.Headers.TryGetValue("Content-Length", out var length));
            var buffer = new byte[int.Parse(length!, CultureInfo.InvariantCulture)];
            if (isSync)
            {
                response.ContentStream!.ReadExactly(buffer);
            }
            else
            {
                await response.ContentStream!.ReadExactlyAsync(buffer, TestContext.Current.CancellationToken);
            }
        }

        Assert.Equal((100L, 50L), (client.Span.GetTagItem("gen_ai.usage.input_tokens"), client.Span.GetTagItem("gen_ai.usage.output_tokens")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Chat_StreamThatTheCallerHasBuffered_IsReadAsAStream(bool isSync)
    {
        await using var client = await RawClient.StartAsync(RawClient.WithContent);
        using var metrics = new MetricCollector(client.Source);
        client.Server.Enqueue(Reply);
        using var body = BinaryContent.Create(BinaryData.FromString(
            """{"model":"gpt-4o","stream":true,"stream_options":{"include_usage":true},"messages":[]}"""));
        var options = new RequestOptions { CancellationToken = TestContext.Current.CancellationToken };

        _ = isSync ? client.Chat.CompleteChat(body, options) : await client.Chat.CompleteChatAsync(body, options);

        Assert.Equal(
            ("completed", 100L, "tool_calls"),
            (client.Span.GetTagItem("aiobs.stream.outcome"), client.Span.GetTagItem("gen_ai.usage.input_tokens"), client.Span.GetTagItem("llm.finish_reason")));
        Assert.Empty(metrics.Of("aiobs.faults"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Chat_BodyThatCanBeReadOnce_IsSentAsItIs(bool isStreaming)
    {
        await using var client = await RawClient.StartAsync();
        using var metrics = new MetricCollector(client.Source);
        client.Server.Enqueue(Reply);
        var text = $$"""{"model":"gpt-4o","stream":{{(isStreaming ? "true" : "false")}},"stream_options":{"include_usage":true},"messages":[]}""";
        using var body = new SpentContent(Encoding.UTF8.GetBytes(text));
        var options = new RequestOptions { BufferResponse = !isStreaming, CancellationToken = TestContext.Current.CancellationToken };

        using (var response = (await client.Chat.CompleteChatAsync(body, options)).GetRawResponse())
        {
            await response.ContentStream!.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        }

        Assert.Equal(text, client.Server.Requests[0].Body);
        Assert.Equal((null, 100L), (client.Span.GetTagItem("gen_ai.request.model"), client.Span.GetTagItem("gen_ai.usage.input_tokens")));
        Assert.Empty(metrics.Of("aiobs.faults"));
    }

    [Fact]
    public async Task Chat_BodyThatIsAStream_IsReadAndSent()
    {
        await using var client = await RawClient.StartAsync();
        const string Text = """{"model":"gpt-4o","messages":[]}""";
        using var body = BinaryContent.Create(new MemoryStream(Encoding.UTF8.GetBytes(Text)));

        await client.Chat.CompleteChatAsync(body, new RequestOptions { CancellationToken = TestContext.Current.CancellationToken });

        Assert.Equal((Text, "gpt-4o"), (client.Server.Requests[0].Body, client.Span.GetTagItem("gen_ai.request.model")));
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Chat_Observed_ChangesNothingOfTheRequestButItsTraceParent(CallStyle style)
    {
        await using var client = await RawClient.StartAsync(RawClient.WithContent);
        await using var plain = await RawClient.StartAsync(static options => options.Enabled = false);

        await client.AskAsync(style, Messages, CreateOptions());
        await plain.AskAsync(style, Messages, CreateOptions());

        Assert.Equal(plain.Server.Requests[0].Body, client.Server.Requests[0].Body);
        Assert.Equal(
            plain.Server.Requests[0].Headers.Keys.Order(),
            client.Server.Requests[0].Headers.Keys.Where(static name => name != "traceparent").Order());
    }

    private static ChatCompletionOptions CreateOptions() => new()
    {
        Temperature = 0.7f,
        TopP = 0.5f,
        MaxOutputTokenCount = 300,
        FrequencyPenalty = 0.1f,
        PresencePenalty = 0.2f,
        Seed = 7,
        ReasoningEffortLevel = ChatReasoningEffortLevel.Minimal,
        ServiceTier = ChatServiceTier.Flex,
        ResponseFormat = ChatResponseFormat.CreateJsonObjectFormat(),
        AllowParallelToolCalls = false,
        ToolChoice = ChatToolChoice.CreateFunctionChoice("get_weather"),
        StopSequences = { "END" },
        Tools = { ChatTool.CreateFunctionTool("get_weather", "Gets it.", BinaryData.FromString(Schema)) },
    };

    private static Dictionary<string, object?> ExpectedWithoutContent(RawClient client, CallStyle style)
    {
        var expected = ExpectedTags.Chat(client.Server).Answered("chatcmpl-fake000001", "tool_calls").With(new()
        {
            ["gen_ai.tool.definitions"] = """[{"type":"function","name":"get_weather"}]""",
            ["llm.tools.0.tool.json_schema"] = """{"type":"function","function":{"name":"get_weather"}}""",
            ["openai.request.service_tier"] = "flex",
            ["openai.response.system_fingerprint"] = "fp_fake",
            ["gen_ai.request.temperature"] = 0.7,
            ["gen_ai.request.top_p"] = 0.5,
            ["gen_ai.request.max_tokens"] = 300L,
            ["gen_ai.request.frequency_penalty"] = 0.1,
            ["gen_ai.request.presence_penalty"] = 0.2,
            ["gen_ai.request.seed"] = 7L,
            ["gen_ai.request.stop_sequences"] = new[] { "END" },
            ["gen_ai.request.reasoning.level"] = "minimal",
            ["gen_ai.output.type"] = "json",
            ["llm.invocation_parameters"] = Parameters,
            ["gen_ai.usage.input_tokens"] = 100L,
            ["gen_ai.usage.output_tokens"] = 50L,
            ["gen_ai.usage.cache_read.input_tokens"] = 40L,
            ["gen_ai.usage.reasoning.output_tokens"] = 5L,
            ["llm.token_count.prompt"] = 100L,
            ["llm.token_count.completion"] = 50L,
            ["llm.token_count.total"] = 150L,
            ["llm.token_count.prompt_details.cache_read"] = 40L,
            ["llm.token_count.prompt_details.audio"] = 3L,
            ["llm.token_count.completion_details.reasoning"] = 5L,
            ["llm.token_count.completion_details.audio"] = 4L,
        });

        // The role, two pieces of text, the call and its two pieces, the finish reason, the usage.
        return style is CallStyle.Streamed or CallStyle.StreamedSync ? expected.Streamed("completed", chunks: 8) : expected;
    }

    /// <summary>A body of the application's own, which is gone once it is written.</summary>
    private sealed class SpentContent(byte[] bytes) : BinaryContent
    {
        private byte[]? _bytes = bytes;

        public override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        public override void WriteTo(Stream stream, CancellationToken cancellationToken = default) => stream.Write(Spend());

        public override async Task WriteToAsync(Stream stream, CancellationToken cancellationToken = default) =>
            await stream.WriteAsync(Spend(), cancellationToken);

        public override void Dispose()
        {
        }

        private byte[] Spend() => Interlocked.Exchange(ref _bytes, null) ?? throw new InvalidOperationException("It was written already.");
    }
}

using System.Diagnostics;
using AiObs.TestSupport;
using FakeModelServer;
using OpenAI.Responses;

namespace AiObs.OpenAI.Tests;

/// <summary>Whole dictionaries of responses.</summary>
public sealed class ResponsesTests
{
    private const string Model = "gpt-5";
    private const string InputJson =
        """[{"role":"user","parts":[{"type":"text","content":"Weather?"}]},{"role":"assistant","parts":[{"type":"tool_call","id":"call_1","name":"get_weather","arguments":{"city":"Rome"}}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"call_1","response":"rain"}]}]""";

    private const string OutputJson =
        """[{"role":"assistant","parts":[{"type":"reasoning","content":"Hm."},{"type":"text","content":"Let me see."},{"type":"tool_call","id":"call_fake000001x0","name":"get_weather","arguments":{"city":"Oslo"}}],"finish_reason":"tool_call"}]""";

    public static TheoryData<CallStyle> Styles => [CallStyle.Async, CallStyle.Sync, CallStyle.Streamed];

    private static ModelReply Reply => new()
    {
        Reasoning = ["Hm", "."],
        ReasoningSignature = "unreadable",
        Text = ["Let me ", "see."],
        ToolCalls = [new ModelToolCall { Name = "get_weather", Arguments = ["""{"city":""", "\"Oslo\"}"] }],
        Usage = new() { InputTokens = 100, OutputTokens = 50, CacheReadTokens = 40, CacheWriteTokens = 10, ReasoningTokens = 5 },
    };

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Response_ContentOff_WritesWhatIsNoContent(CallStyle style)
    {
        await using var client = await RawClient.StartAsync();
        client.Server.Enqueue(Reply);

        await client.RespondAsync(style, CreateOptions(style));

        SpanAssert.Attributes(ExpectedWithoutContent(client, style), client.Span);
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Response_ContentOn_WritesWhatIsSaidToo(CallStyle style)
    {
        await using var client = await RawClient.StartAsync(RawClient.WithContent);
        client.Server.Enqueue(Reply);

        var text = await client.RespondAsync(style, CreateOptions(style));

        Assert.Equal("Let me see.", text);
        Assert.Empty(client.Logs.GetSnapshot());
        SpanAssert.Attributes(ExpectedWithoutContent(client, style).With(new()
        {
            ["gen_ai.system_instructions"] = """[{"type":"text","content":"Be brief."}]""",
            ["gen_ai.input.messages"] = InputJson,
            ["gen_ai.output.messages"] = OutputJson,
            ["gen_ai.tool.definitions"] =
                """[{"type":"function","name":"get_weather","description":"Gets it.","parameters":{"type":"object"}},{"type":"web_search","name":"web_search"}]""",
            ["input.value"] = """[{"role":"system","parts":[{"type":"text","content":"Be brief."}]},""" + InputJson[1..],
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
            ["llm.output_messages.0.message.contents.0.message_content.type"] = "reasoning",
            ["llm.output_messages.0.message.contents.0.message_content.text"] = "Hm.",
            ["llm.output_messages.0.message.contents.0.message_content.encrypted_content"] = "unreadable",
            ["llm.output_messages.0.message.contents.1.message_content.type"] = "text",
            ["llm.output_messages.0.message.contents.1.message_content.text"] = "Let me see.",
            ["llm.output_messages.0.message.tool_calls.0.tool_call.id"] = "call_fake000001x0",
            ["llm.output_messages.0.message.tool_calls.0.tool_call.function.name"] = "get_weather",
            ["llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments"] = """{"city":"Oslo"}""",
            ["llm.tools.0.tool.json_schema"] =
                """{"type":"function","function":{"name":"get_weather","description":"Gets it.","parameters":{"type":"object"}}}""",
            ["llm.tools.1.tool.json_schema"] = """{"type":"web_search","function":{"name":"web_search"}}""",
        }), client.Span);
    }

    [Theory]
    [InlineData(CallStyle.Async)]
    [InlineData(CallStyle.Streamed)]
    public async Task Response_CutByItsLimit_SaysLength(CallStyle style)
    {
        await using var client = await RawClient.StartAsync();
        client.Server.Enqueue(ModelReply.Say("Su") with { FinishReason = FinishReason.Length });

        await client.RespondAsync(style, CreateOptions(style));

        Assert.Equal("length", client.Span.GetTagItem("llm.finish_reason"));
    }

    [Theory]
    [InlineData(CallStyle.Async)]
    [InlineData(CallStyle.Sync)]
    [InlineData(CallStyle.Streamed)]
    public async Task Response_FailedWithoutAnError_IsAFailure(CallStyle style)
    {
        await using var client = await RawClient.StartAsync();
        client.Server.Enqueue(ModelReply.Say("Su") with { ResponseStatus = "failed", Usage = new() { InputTokens = 9, OutputTokens = 2 } });

        await client.RespondAsync(style, CreateOptions(style));

        SpanAssert.Status(ActivityStatusCode.Error, "System.ClientModel.ClientResultException", client.Span);
        Assert.Equal(
            ("response.failed", 9L, null),
            (client.Span.GetTagItem("error.type"), client.Span.GetTagItem("gen_ai.usage.input_tokens"), client.Span.GetTagItem("llm.finish_reason")));
    }

    [Theory]
    [InlineData(FinishReason.ContentFilter, null, "content_filter")]
    [InlineData(FinishReason.Stop, "incomplete", "incomplete")]
    public async Task Response_Incomplete_SaysWhy(FinishReason finish, string? status, string reason)
    {
        foreach (var style in new[] { CallStyle.Async, CallStyle.Sync, CallStyle.Streamed })
        {
            await using var client = await RawClient.StartAsync();
            client.Server.Enqueue(ModelReply.Say("Su") with { FinishReason = finish, ResponseStatus = status });

            await client.RespondAsync(style, CreateOptions(style));

            SpanAssert.Status(ActivityStatusCode.Unset, null, client.Span);
            Assert.Equal(reason, client.Span.GetTagItem("llm.finish_reason"));
        }
    }

    [Fact]
    public async Task Response_OfAConversation_TakesItsId()
    {
        await using var client = await RawClient.StartAsync();
        var options = new CreateResponseOptions { Model = Model, ConversationOptions = new ResponseConversationOptions("conv_1") };
        options.InputItems.Add(ResponseItem.CreateUserMessageItem("Weather?"));

        await client.RespondAsync(CallStyle.Async, options);

        Assert.Equal(("conv_1", "conv_1"), (client.Span.GetTagItem("gen_ai.conversation.id"), client.Span.GetTagItem("session.id")));
    }

    private static CreateResponseOptions CreateOptions(CallStyle style) => new()
    {
        Model = Model,
        Instructions = "Be brief.",
        Temperature = 0.7f,
        MaxOutputTokenCount = 300,
        PreviousResponseId = "resp_before",
        StreamingEnabled = style == CallStyle.Streamed,
        ReasoningOptions = new() { ReasoningEffortLevel = ResponseReasoningEffortLevel.Low },
        Tools =
        {
            ResponseTool.CreateFunctionTool("get_weather", BinaryData.FromString("""{"type":"object"}"""), false, "Gets it."),
            ResponseTool.CreateWebSearchTool(),
        },
        InputItems =
        {
            ResponseItem.CreateUserMessageItem("Weather?"),
            ResponseItem.CreateFunctionCallItem("call_1", "get_weather", BinaryData.FromString("""{"city":"Rome"}""")),
            ResponseItem.CreateFunctionCallOutputItem("call_1", "rain"),
        },
    };

    private static Dictionary<string, object?> ExpectedWithoutContent(RawClient client, CallStyle style)
    {
        var expected = ExpectedTags.Chat(client.Server, "responses", Model).Answered("resp_fake000001", "tool_calls").With(new()
        {
            ["gen_ai.tool.definitions"] = """[{"type":"function","name":"get_weather"},{"type":"web_search","name":"web_search"}]""",
            ["llm.tools.0.tool.json_schema"] = """{"type":"function","function":{"name":"get_weather"}}""",
            ["llm.tools.1.tool.json_schema"] = """{"type":"web_search","function":{"name":"web_search"}}""",
            ["gen_ai.request.temperature"] = 0.7,
            ["gen_ai.request.max_tokens"] = 300L,
            ["gen_ai.request.reasoning.level"] = "low",
            ["gen_ai.request.previous_response.id"] = "resp_before",
            ["llm.invocation_parameters"] = """{"temperature":0.7,"max_tokens":300,"reasoning_effort":"low"}""",
            ["gen_ai.usage.input_tokens"] = 100L,
            ["gen_ai.usage.output_tokens"] = 50L,
            ["gen_ai.usage.cache_read.input_tokens"] = 40L,
            ["gen_ai.usage.cache_creation.input_tokens"] = 10L,
            ["gen_ai.usage.reasoning.output_tokens"] = 5L,
            ["llm.token_count.prompt"] = 100L,
            ["llm.token_count.completion"] = 50L,
            ["llm.token_count.total"] = 150L,
            ["llm.token_count.prompt_details.cache_read"] = 40L,
            ["llm.token_count.prompt_details.cache_write"] = 10L,
            ["llm.token_count.completion_details.reasoning"] = 5L,
        });
        return style == CallStyle.Streamed ? expected.Streamed("completed", chunks: 22) : expected;
    }
}

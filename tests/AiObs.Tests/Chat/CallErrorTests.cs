using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

/// <summary>What went wrong with calls of functions, as the messages tell it.</summary>
public sealed class CallErrorTests
{
    private const string Type = "System.FormatException";

    private static readonly FormatException Broken = new("No JSON for ann@example.com.");

    [Fact]
    public async Task Call_WithMalformedArguments_IsFollowedByTheError()
    {
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);

        await chat.AskAsync([new(ChatRole.Assistant, [new FunctionCallContent("c1", "weather") { Exception = Broken }])]);

        const string error = $$"""{"type":"error","message":"No JSON for ann@example.com.","error_type":"{{Type}}"}""";
        Assert.Equal(
            $$"""[{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"weather"},{{error}}]}]""",
            chat.Span.GetTagItem("gen_ai.input.messages"));
        Assert.Equal("c1", chat.Span.GetTagItem("llm.input_messages.0.message.tool_calls.0.tool_call.id"));
        Assert.Equal("error", chat.Span.GetTagItem("llm.input_messages.0.message.contents.0.message_content.type"));
        Assert.Equal(error, chat.Span.GetTagItem("llm.input_messages.0.message.contents.0.message_content.text"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_WithMalformedArguments_IsFollowedByTheError(bool isStreaming)
    {
        using var chat = Answering(isStreaming, ObservedChat.WithContent);

        await AskAsync(chat, isStreaming);

        const string error = $$"""{"type":"error","message":"No JSON for ann@example.com.","error_type":"{{Type}}"}""";
        Assert.Equal(
            $$"""[{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"weather"},{{error}}],"finish_reason":"tool_call"}]""",
            chat.Span.GetTagItem("gen_ai.output.messages"));
        Assert.Equal("weather", chat.Span.GetTagItem("llm.output_messages.0.message.tool_calls.0.tool_call.function.name"));
        Assert.Equal(error, chat.Span.GetTagItem("llm.output_messages.0.message.contents.0.message_content.text"));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Answer_WithMalformedArgumentsAndContentOffOrHidden_SaysNothingOfThem(bool isHidden, bool isStreaming)
    {
        using var chat = Answering(isStreaming, o =>
        {
            o.CaptureContent = isHidden ? ContentCapture.Spans : ContentCapture.None;
            o.Privacy.HideOutputs = isHidden;
        });

        await AskAsync(chat, isStreaming);

        Assert.Equal(["tool_calls"], Assert.IsType<string[]>(chat.Span.GetTagItem("gen_ai.response.finish_reasons")));
        Assert.DoesNotContain(Type, SpanText.Of(chat.Span), StringComparison.Ordinal);
        Assert.DoesNotContain("No JSON", SpanText.Of(chat.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "null")]
    [InlineData("Error: Function failed.", "\"Error: Function failed.\"")]
    public async Task Result_OfAFunctionThatThrew_IsFollowedByTheErrorInItsOwnMessage(string? result, string response)
    {
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);

        await chat.AskAsync([new(ChatRole.Tool, [new FunctionResultContent("c1", result) { Exception = Broken }, new FunctionResultContent("c2", "ok")])]);

        const string error = $$"""{"type":"error","message":"No JSON for ann@example.com.","error_type":"{{Type}}"}""";
        Assert.Equal(
            $$"""[{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":{{response}}},{{error}}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"c2","response":"ok"}]}]""",
            chat.Span.GetTagItem("gen_ai.input.messages"));
        Assert.Equal("c1", chat.Span.GetTagItem("llm.input_messages.0.message.tool_call_id"));
        Assert.Equal(result, chat.Span.GetTagItem("llm.input_messages.0.message.content"));
        Assert.Equal(error, chat.Span.GetTagItem("llm.input_messages.0.message.contents.0.message_content.text"));
        Assert.Equal("c2", chat.Span.GetTagItem("llm.input_messages.1.message.tool_call_id"));
    }

    [Fact]
    public async Task Error_WhereAnythingIsHidden_HasItsTypeAlone()
    {
        using var chat = new ObservedChat(new StubChatClient(), o =>
        {
            o.CaptureContent = ContentCapture.Spans;
            o.Privacy.HideInputImages = true;
        });

        await chat.AskAsync([new(ChatRole.Tool, [new FunctionResultContent("c1", null) { Exception = Broken }])]);

        Assert.Equal(
            $$"""[{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":null},{"type":"error","error_type":"{{Type}}"}]}]""",
            chat.Span.GetTagItem("gen_ai.input.messages"));
    }

    [Fact]
    public async Task Error_Redacted_SaysNothingSecret()
    {
        using var chat = new ObservedChat(new StubChatClient(), o =>
        {
            o.CaptureContent = ContentCapture.Spans;
            o.Privacy.RedactionRules = RedactionRules.Email;
        });

        await chat.AskAsync([new(ChatRole.Assistant, [new FunctionCallContent("c1", "weather") { Exception = Broken }])]);

        Assert.Equal(
            $$"""[{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"weather"},{"type":"error","message":"No JSON for [EMAIL].","error_type":"{{Type}}"}]}]""",
            chat.Span.GetTagItem("gen_ai.input.messages"));
    }

    private static ObservedChat Answering(bool isStreaming, Action<AgentObservabilityOptions> configure)
    {
        AIContent call = new FunctionCallContent("c1", "weather") { Exception = Broken };
        return new ObservedChat(
            isStreaming
                ? StubChatClient.Streaming(new(ChatRole.Assistant, [call]), new() { FinishReason = ChatFinishReason.ToolCalls })
                : StubChatClient.Answering(new(new ChatMessage(ChatRole.Assistant, [call])) { FinishReason = ChatFinishReason.ToolCalls }),
            configure);
    }

    private static async Task AskAsync(ObservedChat chat, bool isStreaming) => _ = isStreaming ? (object)await chat.ReadAsync() : await chat.AskAsync();
}

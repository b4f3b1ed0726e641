using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class MessageShapeTests
{
    [Fact]
    public async Task Request_TextAndImage_KeepTheirPositionsInBothConventions()
    {
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);

        await chat.AskAsync([new(ChatRole.User, [new TextContent("What is this?"), new UriContent("https://x.test/a.png", "image/png")])]);

        Assert.Equal(
            """[{"role":"user","parts":[{"type":"text","content":"What is this?"},{"type":"uri","modality":"image","mime_type":"image/png","uri":"https://x.test/a.png"}]}]""",
            chat.Span.GetTagItem("gen_ai.input.messages"));
        Flattened(
            chat,
            new()
            {
                ["0.message.role"] = "user",
                ["0.message.contents.0.message_content.type"] = "text",
                ["0.message.contents.0.message_content.text"] = "What is this?",
                ["0.message.contents.1.message_content.type"] = "image",
                ["0.message.contents.1.message_content.image.image.url"] = "https://x.test/a.png",
            });
    }

    [Fact]
    public async Task Request_SeveralTexts_AreSeveralContents()
    {
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);

        await chat.AskAsync([new(ChatRole.User, [new TextContent("a"), new TextContent("b")])]);

        Flattened(
            chat,
            new()
            {
                ["0.message.role"] = "user",
                ["0.message.contents.0.message_content.type"] = "text",
                ["0.message.contents.0.message_content.text"] = "a",
                ["0.message.contents.1.message_content.type"] = "text",
                ["0.message.contents.1.message_content.text"] = "b",
            });
    }

    [Fact]
    public async Task Request_TextBesideCalls_StaysTheMessagesText()
    {
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);

        await chat.AskAsync([new(ChatRole.Assistant, [new FunctionCallContent("c1", "a"), new TextContent("Looking."), new FunctionCallContent("c2", "b")])]);

        Flattened(
            chat,
            new()
            {
                ["0.message.role"] = "assistant",
                ["0.message.content"] = "Looking.",
                ["0.message.tool_calls.0.tool_call.id"] = "c1",
                ["0.message.tool_calls.0.tool_call.function.name"] = "a",
                ["0.message.tool_calls.1.tool_call.id"] = "c2",
                ["0.message.tool_calls.1.tool_call.function.name"] = "b",
            });
    }

    [Fact]
    public async Task Request_SeveralToolResultsInOneMessage_BecomeAMessageEach()
    {
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);

        await chat.AskAsync([
            new(ChatRole.Tool, [new FunctionResultContent("c1", "a"), new TextContent("note"), new FunctionResultContent("c2", 2)]),
            new(ChatRole.User, "Hi"),
        ]);

        Assert.Equal(
            """[{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"a"}]},"""
            + """{"role":"tool","parts":[{"type":"text","content":"note"}]},"""
            + """{"role":"tool","parts":[{"type":"tool_call_response","id":"c2","response":2}]},"""
            + """{"role":"user","parts":[{"type":"text","content":"Hi"}]}]""",
            chat.Span.GetTagItem("gen_ai.input.messages"));
        Flattened(
            chat,
            new()
            {
                ["0.message.role"] = "tool",
                ["0.message.tool_call_id"] = "c1",
                ["0.message.content"] = "a",
                ["1.message.role"] = "tool",
                ["1.message.content"] = "note",
                ["2.message.role"] = "tool",
                ["2.message.tool_call_id"] = "c2",
                ["2.message.content"] = "2",
                ["3.message.role"] = "user",
                ["3.message.content"] = "Hi",
            });
    }

    [Fact]
    public async Task Request_RolesAndAuthors_ArePassedAsTheyAre()
    {
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);

        await chat.AskAsync([new(new ChatRole("developer"), "a"), new(ChatRole.User, "b") { AuthorName = "Ada" }]);

        Assert.Equal(
            """[{"role":"developer","parts":[{"type":"text","content":"a"}]},{"role":"user","name":"Ada","parts":[{"type":"text","content":"b"}]}]""",
            chat.Span.GetTagItem("gen_ai.input.messages"));
        Flattened(
            chat,
            new()
            {
                ["0.message.role"] = "developer",
                ["0.message.content"] = "a",
                ["1.message.role"] = "user",
                ["1.message.name"] = "Ada",
                ["1.message.content"] = "b",
            });
    }

    [Fact]
    public async Task Response_SeveralMessages_HaveAFinishReasonEach()
    {
        var response = new ChatResponse(
        [
            new(ChatRole.Assistant, [new FunctionCallContent("c1", "a")]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "x")]),
            new(ChatRole.Assistant, "Done."),
        ])
        { FinishReason = ChatFinishReason.Length };
        using var chat = new ObservedChat(StubChatClient.Answering(response), ObservedChat.WithContent);

        await chat.AskAsync();

        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"a"}],"finish_reason":"tool_call"},"""
            + """{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"x"}],"finish_reason":"unknown"},"""
            + """{"role":"assistant","parts":[{"type":"text","content":"Done."}],"finish_reason":"length"}]""",
            chat.Span.GetTagItem("gen_ai.output.messages"));
    }

    [Theory]
    [InlineData("stop", "stop")]
    [InlineData("tool_calls", "tool_call")]
    [InlineData("content_filter", "content_filter")]
    [InlineData("pause_turn", "pause_turn")]
    [InlineData("MyReason", "MyReason")]
    public async Task Response_FinishReason_IsTheProvidersWordOutsideAndTheSchemasInside(string reason, string inside)
    {
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, "a")) { FinishReason = new(reason) };
        using var chat = new ObservedChat(StubChatClient.Answering(response), ObservedChat.WithContent);

        await chat.AskAsync();

        Assert.Equal(new[] { reason }, chat.Span.GetTagItem("gen_ai.response.finish_reasons"));
        Assert.Equal(reason, chat.Span.GetTagItem("llm.finish_reason"));
        Assert.Equal(
            $$"""[{"role":"assistant","parts":[{"type":"text","content":"a"}],"finish_reason":"{{inside}}"}]""",
            chat.Span.GetTagItem("gen_ai.output.messages"));
    }

    [Fact]
    public async Task Request_NoMessagesAtAll_IsAnEmptyList()
    {
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);

        await chat.AskAsync([]);

        Assert.Equal("[]", chat.Span.GetTagItem("gen_ai.input.messages"));
    }

    private static void Flattened(ObservedChat chat, Dictionary<string, object?> expected)
    {
        const string prefix = "llm.input_messages.";
        SpanAssert.Attributes(
            expected,
            chat.Span.TagObjects.Where(tag => tag.Key.StartsWith(prefix, StringComparison.Ordinal))
                .Select(tag => KeyValuePair.Create(tag.Key[prefix.Length..], tag.Value)));
    }
}

using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

/// <summary>The parts of a message keep their order, in both conventions, on both sides, plain and streamed.</summary>
public sealed class PartOrderTests
{
    public static TheoryData<string, bool> Kinds
    {
        get
        {
            string[] dropped = ["code call", "code result", "web search call", "web search result", "mcp call", "mcp result", "image call", "error", "file", "vector store", "unknown"];
            var data = new TheoryData<string, bool>();
            foreach (var kind in dropped)
            {
                data.Add(kind, false);
                data.Add(kind, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Parts_BetweenTwoTexts_StayThere(string kind, bool isStreaming)
    {
        var (content, part, leaves) = ContentSamples.All[kind];
        AIContent[] said = [new TextContent("first"), content, new TextContent("third")];
        var model = StubChatClient.Answering(new(new ChatMessage(ChatRole.Assistant, said)) { FinishReason = ChatFinishReason.Stop });
        model.OnStream = _ => new StubUpdates([.. said.Select(static item => new ChatResponseUpdate(ChatRole.Assistant, [item])), new() { FinishReason = ChatFinishReason.Stop }]);
        using var chat = new ObservedChat(model, ObservedChat.WithContent);

        if (isStreaming)
        {
            await chat.Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, said)], cancellationToken: TestContext.Current.CancellationToken)
                .ToChatResponseAsync(TestContext.Current.CancellationToken);
        }
        else
        {
            await chat.AskAsync([new(ChatRole.User, said)]);
        }

        var parts = $$"""[{"type":"text","content":"first"},{{part}},{"type":"text","content":"third"}]""";
        Assert.Equal($$"""[{"role":"user","parts":{{parts}}}]""", chat.Span.GetTagItem("gen_ai.input.messages"));
        Assert.Equal($$"""[{"role":"assistant","parts":{{parts}},"finish_reason":"stop"}]""", chat.Span.GetTagItem("gen_ai.output.messages"));
        var type = leaves["message.contents.0.message_content.type"];
        Assert.Equal(["text first", $"{type} {part}", "text third"], ContentsOf(chat, "llm.input_messages.0"));
        Assert.Equal(["text first", $"{type} {part}", "text third"], ContentsOf(chat, "llm.output_messages.0"));
    }

    [Fact]
    public async Task Parts_BeforeTheOnlyText_StandBeforeIt()
    {
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);

        await chat.AskAsync([new(ChatRole.User, [new HostedFileContent("f1"), new TextContent("a")])]);

        const string file = """{"type":"file","modality":"document","file_id":"f1"}""";
        Assert.Equal($$"""[{"role":"user","parts":[{{file}},{"type":"text","content":"a"}]}]""", chat.Span.GetTagItem("gen_ai.input.messages"));
        Assert.Equal(["file " + file, "text a"], ContentsOf(chat, "llm.input_messages.0"));
        Assert.Null(chat.Span.GetTagItem("llm.input_messages.0.message.content"));
    }

    [Fact]
    public async Task Parts_AfterTheOnlyText_FollowTheMessagesText()
    {
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);

        await chat.AskAsync([new(ChatRole.User, [new TextContent("a"), new HostedFileContent("f1")])]);

        const string file = """{"type":"file","modality":"document","file_id":"f1"}""";
        Assert.Equal($$"""[{"role":"user","parts":[{"type":"text","content":"a"},{{file}}]}]""", chat.Span.GetTagItem("gen_ai.input.messages"));
        Assert.Equal("a", chat.Span.GetTagItem("llm.input_messages.0.message.content"));
        Assert.Equal(["file " + file], ContentsOf(chat, "llm.input_messages.0"));
    }

    [Fact]
    public async Task FunctionResult_InsideOfAnAssistantMessage_StaysInThatMessage()
    {
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);

        await chat.AskAsync([new(ChatRole.Assistant, [new TextContent("Looking."), new FunctionResultContent("c1", "sunny"), new TextContent("It is sunny.")])]);

        const string result = """{"type":"tool_call_response","id":"c1","response":"sunny"}""";
        Assert.Equal(
            $$"""[{"role":"assistant","parts":[{"type":"text","content":"Looking."},{{result}},{"type":"text","content":"It is sunny."}]}]""",
            chat.Span.GetTagItem("gen_ai.input.messages"));
        Assert.Equal(["text Looking.", "tool_call_response " + result, "text It is sunny."], ContentsOf(chat, "llm.input_messages.0"));
        Assert.Null(chat.Span.GetTagItem("llm.input_messages.1.message.role"));
    }

    private static List<string> ContentsOf(ObservedChat chat, string message)
    {
        var contents = new List<string>();
        while (chat.Span.GetTagItem($"{message}.message.contents.{contents.Count}.message_content.type") is string type)
        {
            contents.Add($"{type} {chat.Span.GetTagItem($"{message}.message.contents.{contents.Count}.message_content.text")}");
        }

        return contents;
    }
}

using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class ContentKindTests
{
    public static TheoryData<string> Kinds => [.. ContentSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task GetResponseAsync_ContentInTheRequest_IsWrittenInBothShapes(string kind)
    {
        var (content, part, leaves) = ContentSamples.All[kind];
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);

        await chat.AskAsync([new(ChatRole.User, [content])]);

        Assert.Equal($$"""[{"role":"user","parts":[{{part}}]}]""", chat.Span.GetTagItem("gen_ai.input.messages"));
        SpanAssert.Attributes(Flattened("llm.input_messages.0", "user", leaves), Below(chat, "llm.input_messages"));
        Assert.Empty(chat.Logs.GetSnapshot());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task GetResponseAsync_ContentInTheResponse_IsWrittenInBothShapes(string kind)
    {
        var (content, part, leaves) = ContentSamples.All[kind];
        using var chat = new ObservedChat(
            StubChatClient.Answering(new(new ChatMessage(ChatRole.Assistant, [content]))), ObservedChat.WithContent);

        await chat.AskAsync();

        Assert.Equal(
            $$"""[{"role":"assistant","parts":[{{part}}],"finish_reason":"unknown"}]""", chat.Span.GetTagItem("gen_ai.output.messages"));
        SpanAssert.Attributes(Flattened("llm.output_messages.0", "assistant", leaves), Below(chat, "llm.output_messages"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task GetStreamingResponseAsync_ContentInTheResponse_IsWrittenInBothShapes(string kind)
    {
        var (content, part, leaves) = ContentSamples.All[kind];
        using var chat = new ObservedChat(StubChatClient.Streaming(new ChatResponseUpdate(ChatRole.Assistant, [content])), ObservedChat.WithContent);

        await chat.ReadAsync();

        Assert.Equal(
            $$"""[{"role":"assistant","parts":[{{part}}],"finish_reason":"unknown"}]""", chat.Span.GetTagItem("gen_ai.output.messages"));
        SpanAssert.Attributes(Flattened("llm.output_messages.0", "assistant", leaves), Below(chat, "llm.output_messages"));
    }

    [Fact]
    public async Task GetResponseAsync_DocumentAtAnAddress_IsRedactedInBothShapes()
    {
        using var chat = new ObservedChat(new StubChatClient(), o =>
        {
            o.CaptureContent = ContentCapture.Spans;
            o.Privacy.RedactionRules = RedactionRules.Email;
        });

        await chat.AskAsync([new(ChatRole.User, [new UriContent("https://x.test/a.pdf?of=ann@example.com", "application/pdf")])]);

        const string part = """{"type":"uri","modality":"document","mime_type":"application/pdf","uri":"https://x.test/a.pdf?of=[EMAIL]"}""";
        Assert.Equal($$"""[{"role":"user","parts":[{{part}}]}]""", chat.Span.GetTagItem("gen_ai.input.messages"));
        Assert.Equal(part, chat.Span.GetTagItem("llm.input_messages.0.message.contents.0.message_content.text"));
    }

    [Fact]
    public async Task GetResponseAsync_OpaqueReasoningOfOpenAI_IsEncryptedContent()
    {
        using var chat = new ObservedChat(
            new StubChatClient { Metadata = new("openai", new Uri("https://api.openai.com"), "m") }, ObservedChat.WithContent);

        await chat.AskAsync([new(ChatRole.Assistant, [new TextReasoningContent(null) { ProtectedData = "opaque" }])]);

        Assert.Equal("opaque", chat.Span.GetTagItem("llm.input_messages.0.message.contents.0.message_content.encrypted_content"));
    }

    [Theory]
    [InlineData("empty text")]
    [InlineData("usage")]
    public async Task GetResponseAsync_ContentThatSaysNothing_LeavesAnEmptyMessageInItsPlace(string kind)
    {
        AIContent content = kind == "usage" ? new UsageContent(new() { InputTokenCount = 1 }) : new TextContent("");
        using var chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);

        await chat.AskAsync([new(ChatRole.Assistant, [content]), new(ChatRole.User, "Hi")]);

        Assert.Equal(
            """[{"role":"assistant","parts":[]},{"role":"user","parts":[{"type":"text","content":"Hi"}]}]""",
            chat.Span.GetTagItem("gen_ai.input.messages"));
        SpanAssert.Attributes(
            new()
            {
                ["llm.input_messages.0.message.role"] = "assistant",
                ["llm.input_messages.1.message.role"] = "user",
                ["llm.input_messages.1.message.content"] = "Hi",
            },
            Below(chat, "llm.input_messages"));
    }

    [Fact]
    public async Task GetResponseAsync_LargeInlineData_LeavesThePlaceholderAlone()
    {
        using var chat = new ObservedChat(new StubChatClient(), o =>
        {
            o.CaptureContent = ContentCapture.Spans;
            o.Privacy.Base64ImageMaxLength = 10;
        });

        await chat.AskAsync([new(ChatRole.User, [new DataContent(new byte[100], "image/png")])]);

        Assert.Equal(
            """[{"role":"user","parts":[{"type":"blob","modality":"image","mime_type":"image/png","content":"__REDACTED__"}]}]""",
            chat.Span.GetTagItem("gen_ai.input.messages"));
        Assert.Equal(
            "__REDACTED__", chat.Span.GetTagItem("llm.input_messages.0.message.contents.0.message_content.image.image.url"));
    }

    private static Dictionary<string, object?> Flattened(string prefix, string role, Dictionary<string, object?> leaves)
    {
        var expected = leaves.ToDictionary(leaf => $"{prefix}.{leaf.Key}", leaf => leaf.Value);
        expected[$"{prefix}.message.role"] = role;
        return expected;
    }

    private static IEnumerable<KeyValuePair<string, object?>> Below(ObservedChat chat, string prefix) =>
        chat.Span.TagObjects.Where(tag => tag.Key.StartsWith(prefix, StringComparison.Ordinal));
}

using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class StreamAbandonTests
{
    private static ChatResponseUpdate[] Updates => [new(ChatRole.Assistant, "Hel"), new(ChatRole.Assistant, "lo.")];

    [Theory]
    [InlineData(GenAIProfile.V1_41)]
    [InlineData(GenAIProfile.Latest)]
    public async Task Break_AfterTheFirstUpdate_RecordsAnAbandonedStreamWithWhatCame(GenAIProfile profile)
    {
        using var chat = new ObservedChat(
            StubChatClient.Streaming(Updates),
            o =>
            {
                o.CaptureContent = ContentCapture.Spans;
                o.Conventions = SpanConventions.GenAI;
                o.GenAIProfile = profile;
            },
            clock: new TestClock());

        await ReadOneAsync(chat);

        var expected = new Dictionary<string, object?>(ExpectedTags.GenAI)
        {
            ["gen_ai.request.stream"] = true,
            ["gen_ai.response.time_to_first_chunk"] = 0d,
            ["aiobs.stream.outcome"] = "abandoned",
            ["aiobs.stream.chunks"] = 1L,
            ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]""",
            ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"text","content":"Hel"}],"finish_reason":"error"}]""",
        };
        if (profile == GenAIProfile.Latest)
        {
            expected["gen_ai.response.finish_reasons"] = new[] { "error" };
        }

        SpanAssert.Attributes(expected, chat.Span);
        SpanAssert.Status(ActivityStatusCode.Unset, null, chat.Span);
    }

    [Fact]
    public async Task Break_OpenInferenceAlone_IsNotMarkedOk()
    {
        using var chat = new ObservedChat(StubChatClient.Streaming(Updates), o => o.Conventions = SpanConventions.OpenInference);

        await ReadOneAsync(chat);

        SpanAssert.Status(ActivityStatusCode.Unset, null, chat.Span);
    }

    [Fact]
    public async Task Break_AfterTheFirstUpdate_DisposesTheInnerStreamOnceInsideOfOurSpan()
    {
        var updates = new StubUpdates(Updates);
        using var chat = new ObservedChat(new StubChatClient { OnStream = _ => updates });

        await ReadOneAsync(chat);

        Assert.Equal(1, updates.DisposeCount);
        Assert.Same(chat.Span, updates.DisposeActivity);
    }

    [Fact]
    public async Task DisposeAsync_CalledTwice_EndsTheSpanOnce()
    {
        using var chat = new ObservedChat(StubChatClient.Streaming(Updates));
        var reader = chat.Client.GetStreamingResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await reader.MoveNextAsync();

        await reader.DisposeAsync();
        await reader.DisposeAsync();

        Assert.Equal("abandoned", chat.Span.GetTagItem("aiobs.stream.outcome"));
    }

    private static async Task ReadOneAsync(ObservedChat chat)
    {
        await foreach (var _ in chat.Client.GetStreamingResponseAsync("Hi", null, TestContext.Current.CancellationToken))
        {
            break;
        }
    }
}

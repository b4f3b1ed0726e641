using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class StreamFailureTests
{
    private const string ExceptionType = "System.InvalidOperationException";

    private static readonly InvalidOperationException Failure = new("canary");

    private static readonly Dictionary<string, Func<StubChatClient>> Places = new()
    {
        ["at the call"] = () => StubChatClient.Throwing(Failure),
        ["at GetAsyncEnumerator"] = () => Streaming(new() { OnGetEnumerator = () => throw Failure }),
        ["at the first move"] = () => Streaming(new() { OnMoveNext = (_, _) => throw Failure }),
        ["in the first move"] = () => Streaming(new() { OnMoveNext = (_, _) => ValueTask.FromException(Failure) }),
        ["in a move that waits"] = () => Streaming(new() { OnMoveNext = async (_, _) => await ThrowLaterAsync() }),
        ["at disposal"] = () => Streaming(new(new ChatResponseUpdate()) { OnDispose = () => throw Failure }),
        ["in the disposal"] = () => Streaming(new(new ChatResponseUpdate()) { OnDispose = () => ValueTask.FromException(Failure) }),
    };

    public static TheoryData<string> PlaceNames => [.. Places.Keys];

    [Theory]
    [MemberData(nameof(PlaceNames))]
    public async Task Stream_InnerThrows_MarksTheSpanAndRethrowsTheSameInstance(string place)
    {
        using var chat = new ObservedChat(Places[place](), clock: new TestClock());

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => ReadOneAsync(chat));

        Assert.Same(Failure, thrown);
        var hasUpdate = place.EndsWith("disposal", StringComparison.Ordinal);
        var expected = new Dictionary<string, object?>(ExpectedTags.Both)
        {
            ["gen_ai.request.stream"] = true,
            ["error.type"] = ExceptionType,
            ["aiobs.stream.outcome"] = "failed",
            ["aiobs.stream.chunks"] = hasUpdate ? 1L : 0L,
        };
        if (hasUpdate)
        {
            expected["gen_ai.response.time_to_first_chunk"] = 0d;
        }

        SpanAssert.Attributes(expected, chat.Span);
        SpanAssert.Status(ActivityStatusCode.Error, ExceptionType, chat.Span);
        Assert.Single(chat.Span.Events, item => item.Name == "exception");
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task Stream_InnerThrowsAmidst_KeepsWhatCame()
    {
        ChatResponseUpdate[] updates =
        [
            new(ChatRole.Assistant, "Hel") { ModelId = "stub-model-1", ResponseId = "r1" },
            new() { Contents = [new UsageContent(new() { InputTokenCount = 7 })] },
        ];
        using var chat = new ObservedChat(Streaming(StubUpdates.ThrowingAt(2, Failure, updates)), o =>
        {
            o.CaptureContent = ContentCapture.Spans;
            o.Conventions = SpanConventions.GenAI;
        });

        await Assert.ThrowsAsync<InvalidOperationException>(() => chat.ReadAsync());

        SpanAssert.Attributes(
            new(ExpectedTags.GenAI)
            {
                ["gen_ai.request.stream"] = true,
                ["error.type"] = ExceptionType,
                ["gen_ai.response.model"] = "stub-model-1",
                ["gen_ai.response.id"] = "r1",
                ["gen_ai.usage.input_tokens"] = 7L,
                ["gen_ai.response.time_to_first_chunk"] = AnyValue.Of<double>(),
                ["aiobs.stream.outcome"] = "failed",
                ["aiobs.stream.chunks"] = 2L,
                ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]""",
                ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"text","content":"Hel"}],"finish_reason":"error"}]""",
            },
            chat.Span);
        SpanAssert.Status(ActivityStatusCode.Error, "canary", chat.Span);
    }

    [Fact]
    public async Task Stream_DisposalAfterTheEndThrows_ReachesTheCallerAndLeavesTheFinishedSpanAlone()
    {
        using var chat = new ObservedChat(Streaming(new(new ChatResponseUpdate()) { OnDispose = () => throw Failure }));

        Assert.Same(Failure, await Assert.ThrowsAsync<InvalidOperationException>(() => chat.ReadAsync()));

        Assert.Equal("completed", chat.Span.GetTagItem("aiobs.stream.outcome"));
    }

    [Fact]
    public async Task Stream_UpdateThatIsNull_ReachesTheCaller()
    {
        using var chat = new ObservedChat(StubChatClient.Streaming([null!, new ChatResponseUpdate(ChatRole.Assistant, "a")]));

        var read = await chat.ReadAsync();

        Assert.Equal(2, read.Count);
        Assert.Equal("completed", chat.Span.GetTagItem("aiobs.stream.outcome"));
    }

    [Fact]
    public void Stream_NullMessages_LeavesTheArgumentErrorToTheInnerClient()
    {
        using var chat = new ObservedChat(StubChatClient.Throwing(Failure));

        var thrown = Assert.Throws<InvalidOperationException>(
            () => chat.Client.GetStreamingResponseAsync((IEnumerable<ChatMessage>)null!, null, TestContext.Current.CancellationToken));

        Assert.Same(Failure, thrown);
        Assert.Empty(chat.Spans.Started);
    }

    private static StubChatClient Streaming(StubUpdates updates) => new() { OnStream = _ => updates };

    private static async Task ThrowLaterAsync()
    {
        await Task.Yield();
        throw Failure;
    }

    private static async Task ReadOneAsync(ObservedChat chat)
    {
        await foreach (var _ in chat.Client.GetStreamingResponseAsync("Hi", null, TestContext.Current.CancellationToken))
        {
            break;
        }
    }
}

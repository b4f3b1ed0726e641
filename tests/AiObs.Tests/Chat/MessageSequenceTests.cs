using AiObs.Operations;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using AiObs.Tracing;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

/// <summary>Messages that are no list are handed on as they are, and recorded as far as the model reads them.</summary>
public sealed class MessageSequenceTests : IDisposable
{
    private static readonly Func<StubChatCall, IEnumerable<ChatMessage>> ReadThree = static call => call.Messages.Take(3).ToArray();

    private readonly List<string> _steps = [];
    private ObservedChat? _chat;

    public void Dispose() => _chat?.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EndlessMessages_OfWhichThreeAreRead_AreReadAndRecordedThreeTimes(bool isStreaming)
    {
        await AskAsync(Endless(), isStreaming, ReadThree);

        Assert.Equal(["read 0", "read 1", "read 2", "left"], _steps);
        Assert.Equal(Recorded(0, 1, 2), _chat!.Span.GetTagItem("gen_ai.input.messages"));
        Assert.Equal("2", _chat.Span.GetTagItem("llm.input_messages.2.message.content"));
        Assert.Null(_chat.Span.GetTagItem("llm.input_messages.3.message.content"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task MessagesThatThrowBehindWhatIsRead_DoNotBreakTheCall(bool isStreaming)
    {
        await AskAsync(ThrowingAt(3), isStreaming, ReadThree);

        Assert.Equal(Recorded(0, 1, 2), _chat!.Span.GetTagItem("gen_ai.input.messages"));
        Assert.Null(_chat.Span.GetTagItem("error.type"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task MessagesThatThrowWhereTheyAreRead_FailTheCallWithWhatTheyThrew(bool isStreaming)
    {
        var thrown = await Assert.ThrowsAsync<InvalidDataException>(() => AskAsync(ThrowingAt(2), isStreaming, ReadThree));

        Assert.Equal("No third message.", thrown.Message);
        Assert.Equal("System.IO.InvalidDataException", _chat!.Span.GetTagItem("error.type"));
        Assert.Equal(Recorded(0, 1), _chat.Span.GetTagItem("gen_ai.input.messages"));
    }

    [Fact]
    public async Task MessagesThatNobodyReads_AreNotRead()
    {
        await AskAsync(Endless(), isStreaming: false, static _ => []);

        Assert.Empty(_steps);
        Assert.Equal("[]", _chat!.Span.GetTagItem("gen_ai.input.messages"));
    }

    [Fact]
    public async Task MessagesThatAreReadTwice_AreTakenFromTheirSourceOnce()
    {
        await AskAsync(Endless().Take(2), isStreaming: false, static call => [.. call.Messages, .. call.Messages]);

        Assert.Equal(["read 0", "read 1", "left"], _steps);
        Assert.Equal(Recorded(0, 1), _chat!.Span.GetTagItem("gen_ai.input.messages"));
    }

    [Fact]
    public async Task SecondObserverBehindAClientThatMakesAList_LeavesTheCallToTheFirst()
    {
        using var outer = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);
        using var inner = new StubChatClient { OnResponse = static call => Answer([.. call.Messages]) }.UseAgentObservability(outer.Root);
        using var stack = new StubChatClient { OnResponse = call => inner.GetResponseAsync(call.Messages.ToList()) }.UseAgentObservability(outer.Root);

        await stack.GetResponseAsync(Endless().Take(2), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Recorded(0, 1), outer.Spans.Only().GetTagItem("gen_ai.input.messages"));
    }

    [Fact]
    public async Task EndlessMessages_OfAnAgent_AreRecordedAsFarAsTheyAreRead()
    {
        _chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);
        using var agent = new StubChatClient { OnResponse = static call => Answer(ReadThree(call)) }.UseAgent("helper", _chat.Root);

        await agent.GetResponseAsync(Endless(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["read 0", "read 1", "read 2", "left"], _steps);
        Assert.Equal("2", _chat.Span.GetTagItem("input.value"));
    }

    [Fact]
    public async Task MessageSentEvent_OfASequence_TellsWhatWasRead()
    {
        await using var root = EventRoot.WithContent();
        var sink = root.AddSink();
        using var client = new StubChatClient { OnResponse = static call => Answer(ReadThree(call)) }.UseAgentObservability(root.Root);

        await client.GetResponseAsync(Endless(), cancellationToken: TestContext.Current.CancellationToken);

        var sent = await root.OnlyAsync(sink, "message_sent");
        Assert.Equal(Recorded(0, 1, 2), sent.Content);
        Assert.Equal(3, sent.Data["messages"]);
        Assert.Equal(["message_sent", "response_received"], sink.AcceptedTypes);
    }

    [Fact]
    public async Task Gate_ThatLooksAtTheMessages_SeesTheFirstThousandAndTheModelStillReadsItsOwn()
    {
        IList<ChatMessage>? seen = null;
        _chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);
        _chat.Root.AddGate(new LookingGate(request => seen = request.Messages));
        using var client = new StubChatClient { OnResponse = static call => Answer(ReadThree(call)) }.UseAgentObservability(_chat.Root);

        await client.GetResponseAsync(Endless(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(RequestSequence<ChatMessage>.MostAhead, seen!.Count);
        Assert.Equal(Recorded(0, 1, 2), _chat.Span.GetTagItem("gen_ai.input.messages"));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Gate_ThatRefusesAfterALook_LeavesTheSequence(bool isStreaming, bool isLate)
    {
        _chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);
        _chat.Root.AddGate(new LookingGate(static request => throw new RefusedException(request.Messages!.Count), isLate));
        using var client = new StubChatClient().UseAgentObservability(_chat.Root);
        var token = TestContext.Current.CancellationToken;

        var refused = await Assert.ThrowsAsync<RefusedException>(async () => _ = isStreaming
            ? (object)await client.GetStreamingResponseAsync(Endless(), cancellationToken: token).ToListAsync(token)
            : await client.GetResponseAsync(Endless(), cancellationToken: token));

        Assert.Equal(RequestSequence<ChatMessage>.MostAhead, refused.Count);
        Assert.Equal("left", _steps[^1]);
    }

    [Fact]
    public async Task Gate_ThatLooksWhereTheModelDoesNot_LeavesTheSequenceWithTheCall()
    {
        _chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);
        _chat.Root.AddGate(new LookingGate(static request => Assert.Equal(RequestSequence<ChatMessage>.MostAhead, request.Messages!.Count)));
        using var client = new StubChatClient { OnResponse = static _ => Answer([]) }.UseAgentObservability(_chat.Root);

        await client.GetResponseAsync(Endless(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((RequestSequence<ChatMessage>.MostAhead + 1, "left"), (_steps.Count, _steps[^1]));
    }

    [Fact]
    public void TracedMessages_ThatAreEndless_AreReadAThousandTimesAndLeft()
    {
        _chat = new ObservedChat(new StubChatClient(), ObservedChat.WithContent);

        _chat.Root.Tracer.StartLlm("m", new LlmStart { Messages = Endless() }).Dispose();

        Assert.Equal((RequestSequence<ChatMessage>.MostAhead + 1, "left"), (_steps.Count, _steps[^1]));
    }

    private async Task AskAsync(IEnumerable<ChatMessage> messages, bool isStreaming, Func<StubChatCall, IEnumerable<ChatMessage>> read)
    {
        _chat = new ObservedChat(
            new StubChatClient
            {
                OnResponse = call => Answer(read(call)),
                OnStream = call =>
                {
                    read(call);
                    return new StubUpdates(new ChatResponseUpdate(ChatRole.Assistant, "Hi"));
                },
            },
            ObservedChat.WithContent);
        var token = TestContext.Current.CancellationToken;
        if (isStreaming)
        {
            await _chat.Client.GetStreamingResponseAsync(messages, cancellationToken: token).ToListAsync(token);
        }
        else
        {
            await _chat.Client.GetResponseAsync(messages, cancellationToken: token);
        }
    }

    private static Task<ChatResponse> Answer(IEnumerable<ChatMessage> read) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, $"{read.Count()}")));

    private static string Recorded(params int[] numbers) =>
        $"[{string.Join(',', numbers.Select(static number => $$"""{"role":"user","parts":[{"type":"text","content":"{{number}}"}]}"""))}]";

    private static IEnumerable<ChatMessage> ThrowingAt(int number)
    {
        for (var i = 0; i < number; i++)
        {
            yield return new(ChatRole.User, $"{i}");
        }

        throw new InvalidDataException("No third message.");
    }

    private IEnumerable<ChatMessage> Endless()
    {
        try
        {
            for (var i = 0; ; i++)
            {
                _steps.Add($"read {i}");
                yield return new(ChatRole.User, $"{i}");
            }
        }
        finally
        {
            _steps.Add("left");
        }
    }

    private sealed class RefusedException(int count) : CallRefusedException
    {
        public int Count => count;
    }

    private sealed class LookingGate(Action<CallRequest> look, bool isLate = false) : ICallGate
    {
        public async ValueTask<CallTicket?> AdmitAsync(CallRequest request, CancellationToken cancellationToken)
        {
            if (isLate)
            {
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }

            look(request);
            return null;
        }

        public CallTicket? Adopt(CallRequest request) => null;
    }
}

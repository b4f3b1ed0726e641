using System.Diagnostics;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AiObs.Tests.Chat;

public sealed class DoubleObservationTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stacked_TwoDecoratorsOnOneCall_LeaveOneSpan(bool isStreaming)
    {
        var inner = new ForwardingClient(new StubChatClient());
        using var chat = new ObservedChat(inner);
        inner.Next = inner.Next.UseAgentObservability(chat.Root);

        await (isStreaming ? chat.ReadAsync() : (Task)chat.AskAsync());

        Assert.NotNull(chat.Span);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stacked_RetryBetweenTwoDecorators_IsOneSpanForAllAttempts(bool isStreaming)
    {
        var stub = new StubChatClient();
        var inner = new ForwardingClient(stub) { Attempts = 3 };
        using var chat = new ObservedChat(inner);
        inner.Next = stub.UseAgentObservability(chat.Root);

        await (isStreaming ? chat.ReadAsync() : (Task)chat.AskAsync());

        Assert.Equal(3, stub.Calls.Count);
        Assert.NotNull(chat.Span);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nested_AnotherCallMadeInsideOfTheInnerClient_HasItsOwnSpan(bool isStreaming)
    {
        var stub = new StubChatClient();
        var inner = new ForwardingClient(stub) { OwnMessage = new(ChatRole.User, "Another question") };
        using var chat = new ObservedChat(inner);
        inner.Next = stub.UseAgentObservability(chat.Root);

        await (isStreaming ? chat.ReadAsync() : (Task)chat.AskAsync());

        Assert.Equal(2, chat.Spans.Spans.Count);
        Assert.Same(chat.Spans.Spans[1], chat.Spans.Spans[0].Parent);
    }

    [Fact]
    public async Task Sequential_SameMessagesSentTwice_AreTwoCalls()
    {
        using var chat = new ObservedChat(new StubChatClient());
        ChatMessage[] messages = [new(ChatRole.User, "Hi")];

        await chat.AskAsync(messages);
        await chat.AskAsync(messages);

        Assert.Equal(2, chat.Spans.Spans.Count);
    }

    [Fact]
    public async Task Parallel_SameMessagesSentTwice_AreTwoCalls()
    {
        var gate = new StubGate();
        using var chat = new ObservedChat(new StubChatClient
        {
            OnResponse = async _ =>
            {
                await gate.WaitAsync();
                return new();
            },
        });
        ChatMessage[] messages = [new(ChatRole.User, "Hi")];

        var calls = Task.WhenAll(chat.AskAsync(messages), chat.AskAsync(messages));
        gate.Release();
        await calls;

        Assert.Equal(2, chat.Spans.Spans.Count);
        Assert.All(chat.Spans.Spans, static span => Assert.Null(span.Parent));
    }

    [Fact]
    public void Construction_AnotherTracerInside_IsWarnedOfWithTheRemedy()
    {
        using var theirs = new ActivitySource("Their.Source");
        using var stub = new StubChatClient { OnGetService = (type, _) => type == typeof(ActivitySource) ? theirs : null };
        using var chat = new ObservedChat(stub);

        var log = Assert.Single(chat.Logs.GetSnapshot());

        Assert.Equal(LogLevel.Warning, log.Level);
        Assert.Contains("Their.Source", log.Message, StringComparison.Ordinal);
        Assert.Contains("UseOpenTelemetry()", log.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Construction_OneOfOursInside_IsNoTracerOfSomebodyElse()
    {
        using var root = AgentObservability.Create(builder => builder.Configure(o => o.SourceName = $"other-{Guid.NewGuid():N}"));
        using var chat = new ObservedChat(new StubChatClient().UseAgentObservability(root));

        Assert.DoesNotContain(chat.Logs.GetSnapshot(), static log => log.Id.Name == "InnerTracerFound");
    }

    [Fact]
    public async Task Construction_ClientWhoseServicesThrow_IsObservedWithoutThem()
    {
        using var chat = new ObservedChat(new StubChatClient { OnGetService = (_, _) => throw new InvalidOperationException("a") });

        await chat.AskAsync();

        Assert.NotNull(chat.Span);
        Assert.Single(chat.Logs.GetSnapshot());
    }

    /// <summary>Passes calls on, several times or with another message, to a client that is set later.</summary>
    private sealed class ForwardingClient(IChatClient next) : DelegatingChatClient(next)
    {
        public IChatClient Next { get; set; } = next;

        public int Attempts { get; init; } = 1;

        public ChatMessage? OwnMessage { get; init; }

        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var response = new ChatResponse();
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                response = await Next.GetResponseAsync(OwnMessage is null ? [.. messages] : [OwnMessage], options, cancellationToken);
            }

            return response;
        }

        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                await foreach (var update in Next.GetStreamingResponseAsync(OwnMessage is null ? messages : [OwnMessage], options, cancellationToken))
                {
                    yield return update;
                }
            }
        }
    }
}

using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class CancellationTests : IDisposable
{
    private readonly CancellationTokenSource _cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly StubGate _gate = new();

    public void Dispose() => _cancellation.Dispose();

    [Fact]
    public async Task GetResponseAsync_CancelledWhileItWaits_IsAnErrorOfTheExceptionsType()
    {
        using var chat = new ObservedChat(new StubChatClient { OnResponse = WaitAsync });
        var pending = chat.Client.GetResponseAsync("Hi", null, _cancellation.Token);
        await _gate.Reached;

        await _cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);

        Assert.True(pending.IsCanceled);
        Assert.Equal("System.Threading.Tasks.TaskCanceledException", chat.Span.GetTagItem("error.type"));
        SpanAssert.Status(ActivityStatusCode.Error, "System.Threading.Tasks.TaskCanceledException", chat.Span);
    }

    [Fact]
    public async Task GetResponseAsync_CancelledBefore_PassesTheTokenOn()
    {
        await _cancellation.CancelAsync();
        var stub = new StubChatClient { OnResponse = WaitAsync };
        using var chat = new ObservedChat(stub);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => chat.Client.GetResponseAsync("Hi", null, _cancellation.Token));

        Assert.Equal(_cancellation.Token, Assert.Single(stub.Calls).CancellationToken);
        Assert.Equal(ActivityStatusCode.Error, chat.Span.Status);
    }

    [Theory]
    [InlineData(true, "cancelled")]
    [InlineData(false, "failed")]
    public async Task Stream_OperationCanceledException_IsCancelledOnlyWithTheCallersToken(bool isCallers, string outcome)
    {
        using var chat = new ObservedChat(
            new StubChatClient { OnStream = _ => StubUpdates.ThrowingAt(0, new OperationCanceledException("timeout")) });
        if (isCallers)
        {
            await _cancellation.CancelAsync();
        }

        await Assert.ThrowsAsync<OperationCanceledException>(() => ReadAsync(chat, _cancellation.Token, CancellationToken.None));

        Assert.Equal(outcome, chat.Span.GetTagItem("aiobs.stream.outcome"));
        Assert.Equal("System.OperationCanceledException", chat.Span.GetTagItem("error.type"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_CancelledWhileItWaits_IsCancelledWhicheverTokenItWas(bool throughEnumerator)
    {
        var updates = new StubUpdates { OnMoveNext = (_, token) => new(_gate.WaitAsync(throughEnumerator ? token : _cancellation.Token)) };
        using var chat = new ObservedChat(new StubChatClient { OnStream = _ => updates });
        var reading = throughEnumerator
            ? ReadAsync(chat, CancellationToken.None, _cancellation.Token)
            : ReadAsync(chat, _cancellation.Token, CancellationToken.None);
        await _gate.Reached;

        await _cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        Assert.Equal("cancelled", chat.Span.GetTagItem("aiobs.stream.outcome"));
        Assert.Equal(ActivityStatusCode.Error, chat.Span.Status);
    }

    [Fact]
    public async Task Stream_OtherExceptionAfterCancellation_IsAFailure()
    {
        await _cancellation.CancelAsync();
        using var chat = new ObservedChat(
            new StubChatClient { OnStream = _ => StubUpdates.ThrowingAt(0, new InvalidOperationException("a")) });

        await Assert.ThrowsAsync<InvalidOperationException>(() => ReadAsync(chat, _cancellation.Token, CancellationToken.None));

        Assert.Equal("failed", chat.Span.GetTagItem("aiobs.stream.outcome"));
    }

    [Fact]
    public async Task Stream_BothTokens_ReachTheInnerClient()
    {
        using var other = new CancellationTokenSource();
        var updates = new StubUpdates();
        var stub = new StubChatClient { OnStream = _ => updates };
        using var chat = new ObservedChat(stub);

        await ReadAsync(chat, _cancellation.Token, other.Token);

        Assert.Equal(_cancellation.Token, Assert.Single(stub.Calls).CancellationToken);
        Assert.Equal(other.Token, updates.EnumeratorToken);
    }

    private static async Task ReadAsync(ObservedChat chat, CancellationToken ofTheCall, CancellationToken ofTheEnumerator)
    {
        await foreach (var _ in chat.Client.GetStreamingResponseAsync("Hi", null, ofTheCall).WithCancellation(ofTheEnumerator))
        {
        }
    }

    private async Task<ChatResponse> WaitAsync(StubChatCall call)
    {
        await _gate.WaitAsync(call.CancellationToken);
        return new();
    }
}

using System.Threading.Tasks.Sources;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class StreamSourceTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_MovesThatMayBeAskedOnce_ReadsToTheEnd(bool isWaitedFor)
    {
        var moves = new PooledMoves(updates: 3, isWaitedFor);
        using var chat = new ObservedChat(new StubChatClient { OnStream = _ => moves });

        var read = await chat.ReadAsync();

        Assert.Equal(3, read.Count);
        Assert.Equal(4, moves.Results);
        Assert.Equal("completed", chat.Span.GetTagItem("aiobs.stream.outcome"));
    }

    /// <summary>A stream whose moves are all one object, which may be asked for a result once and for nothing afterwards.</summary>
    private sealed class PooledMoves(int updates, bool isWaitedFor)
        : IAsyncEnumerable<ChatResponseUpdate>, IAsyncEnumerator<ChatResponseUpdate>, IValueTaskSource<bool>
    {
        private ManualResetValueTaskSourceCore<bool> _move = new() { RunContinuationsAsynchronously = true };
        private int _moves;

        public int Results { get; private set; }

        public ChatResponseUpdate Current { get; } = new(ChatRole.Assistant, "a");

        public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

        public ValueTask<bool> MoveNextAsync()
        {
            var version = _move.Version;
            if (isWaitedFor)
            {
                ThreadPool.QueueUserWorkItem(_ => Move());
            }
            else
            {
                Move();
            }

            return new(this, version);
        }

        public bool GetResult(short token)
        {
            var result = _move.GetResult(token);
            _move.Reset();
            Results++;
            return result;
        }

        public ValueTaskSourceStatus GetStatus(short token) => _move.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _move.OnCompleted(continuation, state, token, flags);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private void Move() => _move.SetResult(++_moves <= updates);
    }
}

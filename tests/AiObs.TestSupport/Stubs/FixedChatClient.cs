using Microsoft.Extensions.AI;

namespace AiObs.TestSupport.Stubs;

/// <summary>
/// Returns the same task and the same stream every time and allocates nothing, so that a caller's own bytes can be counted.
/// </summary>
public sealed class FixedChatClient(ChatResponse response, params ChatResponseUpdate[] updates) : IChatClient
{
    /// <summary>Gets the task that every plain call returns.</summary>
    public Task<ChatResponse> Response { get; } = Task.FromResult(response);

    /// <summary>Gets the stream that every streaming call returns; it can be read again and again, by one reader at a time.</summary>
    public IAsyncEnumerable<ChatResponseUpdate> Stream { get; } = new FixedUpdates(updates);

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => Response;

    /// <inheritdoc/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => Stream;

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    /// <inheritdoc/>
    public void Dispose()
    {
        // There is nothing to release.
    }

    private sealed class FixedUpdates(ChatResponseUpdate[] updates)
        : IAsyncEnumerable<ChatResponseUpdate>, IAsyncEnumerator<ChatResponseUpdate>
    {
        private int _index;

        public ChatResponseUpdate Current => updates[_index];

        public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        {
            _index = -1;

            return this;
        }

        public ValueTask<bool> MoveNextAsync() => new(++_index < updates.Length);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}


namespace AiObs.Events;

/// <summary>A sink that receives events.</summary>
public sealed class EventSinkSubscription : IAsyncDisposable
{
    private readonly AgentEvents _events;
    private readonly EventSinkChannel _channel;

    internal EventSinkSubscription(AgentEvents events, EventSinkChannel channel)
    {
        _events = events;
        _channel = channel;
    }

    /// <summary>Gets the sink's name, which no other sink of the root has.</summary>
    public string Name => _channel.Name;

    /// <summary>Gets how the sink does.</summary>
    public EventSinkStatus Status => _channel.Status;

    /// <summary>
    /// Removes the sink: it receives nothing new, writes what waits within <see cref="EventOptions.ShutdownTimeout"/>, and is not touched afterwards.
    /// A write that ignores its cancellation is the exception.
    /// </summary>
    /// <returns>A task that ends when the sink has stopped.</returns>
    public async ValueTask DisposeAsync() => await _events.RemoveAsync(_channel).ConfigureAwait(false);
}

namespace AiObs.Events.Raising;

/// <summary>Removes a sink once it is disposed.</summary>
internal sealed class EventSinkSubscription(AgentEvents events, EventSinkChannel channel) : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await events.RemoveAsync(channel).ConfigureAwait(false);
}

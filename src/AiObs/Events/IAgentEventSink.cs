namespace AiObs.Events;

/// <summary>Receives events, already redacted, in batches on a worker of its own.</summary>
public interface IAgentEventSink
{
    /// <summary>Writes a batch. When it throws, the whole batch is tried again later, so writing an event twice must leave one.</summary>
    /// <param name="events">The events, in the order in which they were raised.</param>
    /// <param name="cancellationToken">Cancelled when the write takes longer than the sink's options allow, or at shutdown.</param>
    /// <returns>A task that ends when the batch is safe.</returns>
    ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken);

    /// <summary>Makes safe what the sink itself holds back.</summary>
    /// <param name="cancellationToken">Cancelled when that takes too long.</param>
    /// <returns>A task that ends when nothing is held back.</returns>
    ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}

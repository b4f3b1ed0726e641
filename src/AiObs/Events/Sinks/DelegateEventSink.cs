namespace AiObs.Events;

/// <summary>Hands batches of events to a function.</summary>
public sealed class DelegateEventSink : IAgentEventSink
{
    private readonly Func<IReadOnlyList<AgentEvent>, CancellationToken, ValueTask> _write;

    /// <summary>Initializes a new instance of the <see cref="DelegateEventSink"/> class.</summary>
    /// <param name="write">
    /// Called with one batch at a time. When it throws, the batch is handed to it again; it is to make one of events that it sees twice.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="write"/> is <see langword="null"/>.</exception>
    public DelegateEventSink(Func<IReadOnlyList<AgentEvent>, CancellationToken, ValueTask> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        _write = write;
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        cancellationToken.ThrowIfCancellationRequested();
        return _write(events, cancellationToken);
    }
}

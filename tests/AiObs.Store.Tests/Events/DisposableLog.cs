using AiObs.Events;

namespace AiObs.Store.Tests.Events;

/// <summary>Counts what was appended to it until it was disposed.</summary>
internal sealed class DisposableLog : IEventLog, IAsyncDisposable
{
    private int _count;

    public int? CountWhenDisposed { get; private set; }

    public ValueTask AppendAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(CountWhenDisposed is not null, this);
        _count += events.Count;
        return ValueTask.CompletedTask;
    }

    public ValueTask<EventPage> ListAsync(EventQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<long> CountAsync(EventQuery query, CancellationToken cancellationToken = default) => new(_count);

    public ValueTask<IReadOnlyDictionary<string, long>> CountByTypeAsync(EventQuery query, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<EventLogVerification> VerifyAsync(
        IReadOnlyList<EventLogAnchor>? anchors = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<Erasure> EraseContentAsync(EventQuery query, string reason, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<Erasure> ApplyRetentionAsync(EventRetention retention, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<bool> WipeErasedAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask DisposeAsync()
    {
        CountWhenDisposed ??= _count;
        return ValueTask.CompletedTask;
    }
}

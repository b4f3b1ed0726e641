using AiObs.Events;

namespace AiObs.Store.Tests.Events;

/// <summary>A log that lists events as it was given them, such as those of a database that somebody tampered with.</summary>
internal sealed class OnePageLog(params LoggedEvent[] events) : IEventLog
{
    public ValueTask<EventPage> ListAsync(EventQuery query, CancellationToken cancellationToken = default) => ValueTask.FromResult(new EventPage(events, null));

    public ValueTask AppendAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<long> CountAsync(EventQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<IReadOnlyDictionary<string, long>> CountByTypeAsync(EventQuery query, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<EventLogVerification> VerifyAsync(IReadOnlyList<EventLogAnchor>? anchors = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<Erasure> EraseContentAsync(EventQuery query, string reason, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<Erasure> ApplyRetentionAsync(EventRetention retention, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<bool> WipeErasedAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
}

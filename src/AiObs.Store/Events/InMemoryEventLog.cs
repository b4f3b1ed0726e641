using AiObs.Events;
using AiObs.Store.Events;

namespace AiObs.Store;

/// <summary>Keeps the latest events in memory, for tests and small tools; they go with the process. Thread-safe.</summary>
/// <remarks>
/// When it is full, the oldest events make room behind a checkpoint, so that the rest still verifies. An event that was dropped counts as new when
/// it is appended again. Listing and counting look at every event.
/// </remarks>
public sealed class InMemoryEventLog : IEventLog
{
    /// <summary>The number of events that are kept unless the constructor is told otherwise: 10,000.</summary>
    public const int DefaultCapacity = 10_000;

    /// <summary>The largest number of events that can be kept: 1,000,000.</summary>
    public const int MaxCapacity = 1_000_000;

    private readonly Lock _lock = new();
    private readonly EventWindow _window = new();
    private readonly EventChain _chain;
    private readonly TimeProvider _clock;
    private readonly int _capacity;
    private ChainWriter _writer;
    private ChainHead? _lastDropped;
    private long _droppedCount;

    /// <summary>Initializes a new instance of the <see cref="InMemoryEventLog"/> class.</summary>
    /// <param name="capacity">How many events are kept; the oldest are dropped. Must lie between 1 and 1,000,000.</param>
    /// <param name="options">The key of the chain.</param>
    /// <param name="clock">The clock; the system's when <see langword="null"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> lies outside of that range.</exception>
    /// <exception cref="ArgumentException">The key is too short.</exception>
    public InMemoryEventLog(int capacity = DefaultCapacity, EventLogOptions? options = null, TimeProvider? clock = null)
    {
        ThrowIfInvalid(capacity);
        _capacity = capacity;
        _clock = clock ?? TimeProvider.System;
        _chain = EventChain.For(options);
        _writer = _chain.Open(Guid.NewGuid(), EventChain.NewWriterId(), _clock.GetUtcNow(), predecessor: null);
    }

    /// <summary>Gets how many events were dropped to make room, since the log was made; those that a retention rule dropped are not among them.</summary>
    public long DroppedCount => Interlocked.Read(ref _droppedCount);

    /// <inheritdoc/>
    public ValueTask AppendAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        cancellationToken.ThrowIfCancellationRequested();
        var batch = EventIntake.Prepare(events);
        lock (_lock)
        {
            Append([.. batch.Where(IsNew)]);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<EventPage> ListAsync(EventQuery query, CancellationToken cancellationToken = default)
    {
        var listing = new EventListing(query);
        cancellationToken.ThrowIfCancellationRequested();
        StoredEvent[] rows;
        lock (_lock)
        {
            rows = [.. _window.From(listing.Start, listing.NewestFirst).Where(row => listing.Filter.Matches(row.Facts)).Take(listing.RowLimit)];
        }

        return new(listing.ToPage(rows));
    }

    /// <inheritdoc/>
    public ValueTask<long> CountAsync(EventQuery query, CancellationToken cancellationToken = default) =>
        new(Find(query, cancellationToken).LongLength);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, long>> CountByTypeAsync(EventQuery query, CancellationToken cancellationToken = default) =>
        new(Find(query, cancellationToken).CountBy(static row => row.Facts.Type).ToDictionary(static type => type.Key, static type => (long)type.Value));

    /// <inheritdoc/>
    public ValueTask<EventLogVerification> VerifyAsync(
        IReadOnlyList<EventLogAnchor>? anchors = null, CancellationToken cancellationToken = default) =>
        new(Snapshot().Verify(_chain, anchors, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<Erasure> EraseContentAsync(EventQuery query, string reason, CancellationToken cancellationToken = default)
    {
        LogEvents.ThrowIfInvalid(reason);
        lock (_lock)
        {
            var rows = Find(query, cancellationToken).Where(static row => row.Content?.ErasedBy is null && row.Content is not null).ToArray();
            if (rows.Length > 0)
            {
                Erase(rows, query, reason);
            }

            return new(new Erasure(rows.Length, IsWiped: true));
        }
    }

    /// <inheritdoc/>
    public ValueTask<Erasure> ApplyRetentionAsync(EventRetention retention, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(retention);
        retention.ThrowIfInvalid();
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            var count = CountDroppable(retention, now);
            if (count > 0)
            {
                Drop(count);
                Append([EventIntake.Prepare(LogEvents.RetentionApplied(_writer.Log, LogEvents.NewId(now), now, retention, count, Checkpoints()))]);
            }

            return new(new Erasure(count, IsWiped: true));
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> WipeErasedAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(true);
    }

    internal static void ThrowIfInvalid(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxCapacity);
    }

    /// <summary>Returns all that the log holds.</summary>
    internal LogImage Snapshot()
    {
        lock (_lock)
        {
            return new LogImage([_writer], Checkpoints(), [.. _window.Rows]) { DropsUntold = DroppedCount > 0 };
        }
    }

    private StoredEvent[] Find(EventQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        var filter = new EventFilter(query);
        lock (_lock)
        {
            return [.. _window.Rows.Where(row => filter.Matches(row.Facts))];
        }
    }

    private bool IsNew(PreparedEvent added)
    {
        if (_window.Find(added.Facts.Id) is not { } row)
        {
            return true;
        }

        added.ThrowIfConflictsWith(row.Facts, row.Content);
        return false;
    }

    private void Append(PreparedEvent[] added)
    {
        var head = _writer.Head;
        foreach (var (facts, content) in added)
        {
            head = _chain.Append(head, facts);
            _window.Append(new StoredEvent(facts, content, head, _window.NextPosition));
        }

        _writer = _chain.Advance(_writer, head);
        if (_window.Count > _capacity)
        {
            var excess = _window.Count - _capacity;
            Drop(excess);
            Interlocked.Add(ref _droppedCount, excess);
        }
    }

    private void Erase(StoredEvent[] rows, EventQuery query, string reason)
    {
        var now = _clock.GetUtcNow();
        var erasure = LogEvents.NewId(now);
        foreach (var row in rows)
        {
            _window[row.Position] = row with { Content = EventContent.Erased(erasure) };
        }

        Append([EventIntake.Prepare(LogEvents.ContentErased(
            _writer.Log, erasure, now, query, reason, rows.Length, [(_writer.Writer, rows[^1].Place.Count)]))]);
    }

    private int CountDroppable(EventRetention retention, DateTimeOffset now)
    {
        var tooOld = retention.OldestTicks(now) is { } oldest ? _window.Rows.TakeWhile(row => row.Facts.Ticks < oldest).Count() : 0;
        return (int)Math.Max(tooOld, retention.Excess(_window.Count));
    }

    private ChainCheckpoint[] Checkpoints() => _lastDropped is null ? [] : [_chain.Checkpoint(_writer.Log, _lastDropped)];

    private void Drop(int count) => _lastDropped = _window.Drop(count).Place;
}

namespace AiObs.Events;

/// <summary>Keeps the latest events in memory, for tests and screens. Thread-safe.</summary>
public sealed class InMemoryEventSink : IAgentEventSink
{
    /// <summary>The number of events that are kept unless the constructor is told otherwise: 10,000.</summary>
    public const int DefaultCapacity = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<AgentEvent> _events = new();
    private readonly HashSet<Guid> _ids = [];
    private readonly int _capacity;
    private long _droppedCount;

    /// <summary>Initializes a new instance of the <see cref="InMemoryEventSink"/> class that keeps <see cref="DefaultCapacity"/> events.</summary>
    public InMemoryEventSink()
        : this(DefaultCapacity)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="InMemoryEventSink"/> class.</summary>
    /// <param name="capacity">How many events are kept; the oldest go. Must be 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is less than 1.</exception>
    public InMemoryEventSink(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
    }

    /// <summary>Gets the events that are kept, the oldest first.</summary>
    public IReadOnlyList<AgentEvent> Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>Gets how many events had to go to make room.</summary>
    public long DroppedCount => Interlocked.Read(ref _droppedCount);

    /// <inheritdoc/>
    public ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            foreach (var item in events)
            {
                Add(item);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Forgets all events.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _events.Clear();
            _ids.Clear();
        }
    }

    private void Add(AgentEvent item)
    {
        if (!_ids.Add(item.Id))
        {
            return;
        }

        if (_events.Count == _capacity)
        {
            _ids.Remove(_events.Dequeue().Id);
            _droppedCount++;
        }

        _events.Enqueue(item);
    }
}

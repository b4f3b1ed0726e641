namespace AiObs.Events.Delivery;

/// <summary>Events that were taken out of a queue together and that a sink has not accepted yet.</summary>
/// <param name="firstSequence">The sequence number of the first of them.</param>
internal sealed class EventBatch(long firstSequence)
{
    private readonly List<Entry> _open = [];
    private AgentEvent[]? _events;
    private long _nextSequence = firstSequence;

    public int Count => _open.Count;

    /// <summary>Gets the events; the same list as long as none was added or taken out, so that a write can be recognised.</summary>
    public IReadOnlyList<AgentEvent> Events => _events ??= [.. _open.Select(static entry => entry.Event)];

    /// <summary>Gets or sets how often writing the whole batch has failed.</summary>
    public int Failures { get; set; }

    public void Add(AgentEvent item)
    {
        _open.Add(new Entry(item, _nextSequence++));
        _events = null;
    }

    /// <summary>Adds the events of a batch that was taken right after this one.</summary>
    public void Add(EventBatch next)
    {
        _open.AddRange(next._open);
        _nextSequence = next._nextSequence;
        _events = null;
    }

    /// <summary>Returns the events one by one, each as a list of its own.</summary>
    public Entry[] Split() => [.. _open];

    public void Remove(Entry entry)
    {
        _open.Remove(entry);
        _events = null;
    }

    /// <summary>Puts the first events last, for the next try to begin with others.</summary>
    public void Rotate(int count)
    {
        var first = _open.GetRange(0, Math.Min(count, _open.Count));
        _open.RemoveRange(0, first.Count);
        _open.AddRange(first);
        _events = null;
    }

    public void Clear()
    {
        _open.Clear();
        _events = null;
    }

    /// <summary>One event of a batch.</summary>
    public sealed class Entry(AgentEvent item, long sequence)
    {
        public AgentEvent Event => item;

        public long Sequence => sequence;

        public IReadOnlyList<AgentEvent> Alone { get; } = [item];

        /// <summary>Gets or sets how often the sink refused this event after it had accepted others.</summary>
        public int Refusals { get; set; }

        /// <summary>Gets or sets how many events the sink had accepted when it last refused this one.</summary>
        public long AcceptedBefore { get; set; }
    }
}

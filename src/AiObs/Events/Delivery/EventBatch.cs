namespace AiObs.Events.Delivery;

/// <summary>Events that were taken out of a queue together and that a sink has not accepted yet.</summary>
/// <param name="firstSequence">The sequence number of the first of them.</param>
/// <param name="events">The events; nobody else writes to the array.</param>
internal sealed class EventBatch(long firstSequence, AgentEvent[] events)
{
    // Most batches are written as they came; only after a failure are their events looked at one by one.
    private List<Entry>? _open;
    private AgentEvent[]? _rest;

    public int Count => _open?.Count ?? events.Length;

    /// <summary>Gets the events; the same list as long as none was added or taken out, so that a write can be recognised.</summary>
    public IReadOnlyList<AgentEvent> Events => _open is null ? events : _rest ??= [.. _open.Select(static entry => entry.Event)];

    /// <summary>Gets or sets how often writing the whole batch has failed.</summary>
    public int Failures { get; set; }

    private List<Entry> Open => _open ??= [.. events.Select((item, index) => new Entry(item, firstSequence + index))];

    /// <summary>Adds the events of a batch that was taken right after this one.</summary>
    public void Add(EventBatch next)
    {
        Open.AddRange(next.Open);
        _rest = null;
    }

    /// <summary>Returns the events one by one, each as a list of its own.</summary>
    public Entry[] Split() => [.. Open];

    public void Remove(Entry entry)
    {
        Open.Remove(entry);
        _rest = null;
    }

    /// <summary>Puts the first events last, for the next try to begin with others.</summary>
    public void Rotate(int count)
    {
        var first = Open.GetRange(0, Math.Min(count, Open.Count));
        Open.RemoveRange(0, first.Count);
        Open.AddRange(first);
        _rest = null;
    }

    public void Clear()
    {
        _open = [];
        _rest = null;
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

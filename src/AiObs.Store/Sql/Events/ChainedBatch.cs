using AiObs.Store.Events;

namespace AiObs.Store.Sql.Events;

/// <summary>The events that one transaction adds to a chain.</summary>
internal sealed class ChainedBatch(EventChain chain, ChainWriter writer)
{
    private const long PositionByDatabase = 0;

    private readonly List<StoredEvent> _events = [];
    private int _taken;

    /// <summary>Gets the writer as it was before.</summary>
    public ChainWriter Writer => writer;

    /// <summary>Gets the head of the chain with the batch in it.</summary>
    public ChainHead Head { get; private set; } = writer.Head;

    public IReadOnlyList<StoredEvent> Events => _events;

    /// <summary>Returns the events that were added since the last time.</summary>
    public IReadOnlyList<StoredEvent> TakeNew()
    {
        var added = _events[_taken..];
        _taken = _events.Count;
        return added;
    }

    public void Add(PreparedEvent added)
    {
        Head = chain.Append(Head, added.Facts);
        _events.Add(new StoredEvent(added.Facts, added.Content, Head, PositionByDatabase));
    }
}

using AiObs.Store.Events;

namespace AiObs.Store.Sql.Events;

/// <summary>The events that one transaction adds to a chain.</summary>
internal sealed class ChainedBatch(EventChain chain, ChainWriter writer)
{
    private const long PositionByDatabase = 0;

    private readonly List<StoredEvent> _events = [];

    /// <summary>Gets the writer as it was before.</summary>
    public ChainWriter Writer => writer;

    /// <summary>Gets the head of the chain with the batch in it.</summary>
    public ChainHead Head { get; private set; } = writer.Head;

    public IReadOnlyList<StoredEvent> Events => _events;

    public void Add(PreparedEvent added)
    {
        Head = chain.Append(Head, added.Facts);
        _events.Add(new StoredEvent(added.Facts, added.Content, Head, PositionByDatabase));
    }
}

namespace AiObs.Cost.Ledger;

/// <summary>The latest records in the order in which they came. Writers lock; a reader needs no lock once it has taken a snapshot.</summary>
/// <remarks>A linked list, because its nodes are never written again once a later one exists: a snapshot is two references, whatever the size.</remarks>
internal sealed class RecordWindow
{
    private Node? _oldest;
    private Node? _newest;

    public int Count { get; private set; }

    public void Append(CostRecord record)
    {
        var node = new Node(record);
        if (_newest is null)
        {
            _oldest = node;
        }
        else
        {
            _newest.Next = node;
        }

        _newest = node;
        Count++;
    }

    public CostRecord? RemoveOldest()
    {
        if (_oldest is not { } removed)
        {
            return null;
        }

        _oldest = removed.Next;
        _newest = _oldest is null ? null : _newest;
        Count--;
        return removed.Record;
    }

    /// <summary>Returns what is there now; what is appended or removed later does not change it.</summary>
    public IEnumerable<CostRecord> Snapshot() => Walk(_oldest, _newest);

    private static IEnumerable<CostRecord> Walk(Node? from, Node? to)
    {
        for (var node = from; node is not null; node = ReferenceEquals(node, to) ? null : node.Next)
        {
            yield return node.Record;
        }
    }

    private sealed class Node(CostRecord record)
    {
        public CostRecord Record { get; } = record;

        public Node? Next { get; set; }
    }
}

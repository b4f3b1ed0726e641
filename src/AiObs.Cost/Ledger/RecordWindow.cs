namespace AiObs.Cost.Ledger;

/// <summary>The latest records in the order in which they came. Writers lock; a reader needs no lock once it has taken a snapshot.</summary>
/// <remarks>
/// Kept in blocks whose places are written once, so that a snapshot is the list of the blocks. A linked list would be smaller, but an old node
/// keeps what came after it alive for the garbage collector: no record would ever die young.
/// </remarks>
internal sealed class RecordWindow
{
    private const int BlockSize = 256;

    private readonly Queue<CostRecord[]> _blocks = new();
    private CostRecord[] _newest = [];
    private int _dropped;

    public int Count { get; private set; }

    public void Append(CostRecord record)
    {
        var place = (_dropped + Count) % BlockSize;
        if (place == 0)
        {
            _newest = new CostRecord[BlockSize];
            _blocks.Enqueue(_newest);
        }

        _newest[place] = record;
        Count++;
    }

    /// <summary>Drops the oldest record, of which there must be one. It is not looked at: it has long left the processor's caches.</summary>
    public void DropOldest()
    {
        Count--;
        if (++_dropped == BlockSize)
        {
            _blocks.Dequeue();
            _dropped = 0;
        }
    }

    /// <summary>Returns what is there now; what is appended or removed later does not change it.</summary>
    public IEnumerable<CostRecord> Snapshot() => Walk([.. _blocks], _dropped, Count);

    private static IEnumerable<CostRecord> Walk(CostRecord[][] blocks, int dropped, int count)
    {
        for (var place = dropped; place < dropped + count; place++)
        {
            yield return blocks[place / BlockSize][place % BlockSize];
        }
    }
}

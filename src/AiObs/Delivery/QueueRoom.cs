namespace AiObs.Delivery;

/// <summary>What a queue holds, in number and in bytes: what waits, what is being written, and what is tried again later. Used under the lock of the queue.</summary>
internal sealed class QueueRoom(int capacity, long capacityBytes)
{
    private readonly Dictionary<long, long> _aside = [];
    private int _waiting;
    private long _waitingBytes;
    private int _writing;
    private long _writingBytes;
    private long _asideBytes;

    /// <summary>Gets how many items are held in all.</summary>
    public int Held => _waiting + _writing + _aside.Count;

    /// <summary>Tells whether there is room for one more item.</summary>
    public bool HasFor(long size) => Fits(size, _waiting, _waitingBytes);

    /// <summary>Tells whether there would be room for one more item if nothing waited.</summary>
    public bool CouldHaveFor(long size) => Fits(size, 0, 0);

    public void Add(long size)
    {
        _waiting++;
        _waitingBytes += size;
    }

    /// <summary>Notes that an item waits no longer, because it had to go.</summary>
    public void Drop(long size)
    {
        _waiting--;
        _waitingBytes -= size;
    }

    /// <summary>Notes that an item waits no longer, because it is being written.</summary>
    public void Take(long size)
    {
        Drop(size);
        _writing++;
        _writingBytes += size;
    }

    /// <summary>Notes that nothing is being written any more.</summary>
    public void Finish()
    {
        _writing = 0;
        _writingBytes = 0;
    }

    /// <summary>Notes that an item that was being written is tried again later.</summary>
    public void PutAside(long sequence, long size)
    {
        _aside.Add(sequence, size);
        _asideBytes += size;
        _writing--;
        _writingBytes -= size;
    }

    /// <summary>Notes that an item that was put aside has left for good.</summary>
    public void RemoveAside(long sequence)
    {
        if (_aside.Remove(sequence, out var size))
        {
            _asideBytes -= size;
        }
    }

    /// <summary>Tells whether any of some items is put aside.</summary>
    public bool IsAnyAside(long first, long last) => _aside.Keys.Any(sequence => first <= sequence && sequence <= last);

    public void Clear()
    {
        _aside.Clear();
        _asideBytes = 0;
        _waiting = 0;
        _waitingBytes = 0;
        Finish();
    }

    private bool Fits(long size, int waiting, long waitingBytes)
    {
        var others = waiting + _writing + _aside.Count;
        return others == 0 || (others < capacity && waitingBytes + _writingBytes + _asideBytes + size <= capacityBytes);
    }
}

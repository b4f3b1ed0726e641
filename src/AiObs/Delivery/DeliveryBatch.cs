namespace AiObs.Delivery;

/// <summary>Items that were taken out of a queue together and that the target has not accepted yet.</summary>
/// <typeparam name="T">What is written.</typeparam>
/// <param name="firstSequence">The sequence number of the first of them.</param>
/// <param name="items">The items; nobody else writes to the array.</param>
internal sealed class DeliveryBatch<T>(long firstSequence, T[] items)
{
    // Most batches are written as they came; only after a failure are their items looked at one by one.
    private List<Entry>? _open;
    private T[]? _rest;

    public int Count => _open?.Count ?? items.Length;

    /// <summary>Gets the items; the same list as long as none was added or taken out, so that a write can be recognised.</summary>
    public IReadOnlyList<T> Items => _open is null ? items : _rest ??= [.. _open.Select(static entry => entry.Item)];

    /// <summary>Gets or sets how often writing the whole batch has failed.</summary>
    public int Failures { get; set; }

    private List<Entry> Open => _open ??= [.. items.Select((item, index) => new Entry(item, firstSequence + index))];

    /// <summary>Adds the items of a batch that was taken right after this one.</summary>
    public void Add(DeliveryBatch<T> next)
    {
        Open.AddRange(next.Open);
        _rest = null;
    }

    /// <summary>Returns the items one by one, each as a list of its own.</summary>
    public Entry[] Split() => [.. Open];

    public void Remove(Entry entry)
    {
        Open.Remove(entry);
        _rest = null;
    }

    /// <summary>Puts the first items last, for the next try to begin with others.</summary>
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

    /// <summary>One item of a batch.</summary>
    public sealed class Entry(T item, long sequence)
    {
        public T Item => item;

        public long Sequence => sequence;

        public IReadOnlyList<T> Alone { get; } = [item];

        /// <summary>Gets or sets how often the target refused this item after it had accepted others.</summary>
        public int TimesRefused { get; set; }

        /// <summary>Gets or sets how many items the target had accepted when it last refused this one.</summary>
        public long AcceptedBefore { get; set; }
    }
}

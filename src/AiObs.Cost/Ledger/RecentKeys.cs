namespace AiObs.Cost.Ledger;

/// <summary>Remembers the latest keys: so many at least, and twice as many at most. Not thread-safe.</summary>
/// <remarks>In two generations, as the key that is forgotten next is not looked at then: it has long left the processor's caches.</remarks>
internal sealed class RecentKeys<TKey>(int generationSize, IEqualityComparer<TKey>? comparer = null)
{
    private HashSet<TKey> _young = new(comparer);
    private HashSet<TKey> _old = new(comparer);

    /// <summary>Adds a key. Returns <see langword="false"/> when it is remembered already.</summary>
    public bool Add(TKey key)
    {
        if (_old.Contains(key) || !_young.Add(key))
        {
            return false;
        }

        if (_young.Count == generationSize)
        {
            (_young, _old) = (_old, _young);
            _young.Clear();
        }

        return true;
    }
}

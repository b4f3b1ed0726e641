using System.Collections.Concurrent;

namespace AiObs;

/// <summary>Keeps what was looked up lately, in two generations: when the younger is full, it becomes the older, and the older is dropped.</summary>
internal sealed class BoundedCache<TKey, TValue>(int generationSize)
    where TKey : struct, IEquatable<TKey>
    where TValue : class
{
    private readonly Lock _gate = new();
    private volatile ConcurrentDictionary<TKey, TValue> _young = new();
    private volatile ConcurrentDictionary<TKey, TValue> _old = new();
    private int _youngCount;

    public TValue? Find(TKey key)
    {
        if (_young.TryGetValue(key, out var value))
        {
            return value;
        }

        if (!_old.TryGetValue(key, out value))
        {
            return null;
        }

        Add(key, value);
        return value;
    }

    public void Add(TKey key, TValue value)
    {
        lock (_gate)
        {
            if (_young.TryAdd(key, value) && ++_youngCount == generationSize)
            {
                _old = _young;
                _young = new();
                _youngCount = 0;
            }
        }
    }
}

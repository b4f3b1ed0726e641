namespace AiObs.Operations;

/// <summary>The observers of one root and of all clients made with it; they may come and go while calls run.</summary>
internal sealed class OperationObservers(IEnumerable<IOperationObserver> observers)
{
    private readonly Lock _lock = new();
    private IOperationObserver[] _all = [.. observers];

    public IOperationObserver[] All => Volatile.Read(ref _all);

    public bool Any => All.Length > 0;

    /// <summary>Adds an observer, unless it is there.</summary>
    public void Add(IOperationObserver observer)
    {
        lock (_lock)
        {
            if (!_all.Contains(observer))
            {
                Volatile.Write(ref _all, [.. _all, observer]);
            }
        }
    }

    public void Remove(IOperationObserver observer)
    {
        lock (_lock)
        {
            Volatile.Write(ref _all, [.. _all.Where(other => other != observer)]);
        }
    }
}

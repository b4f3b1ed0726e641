namespace AiObs.Operations;

/// <summary>The observers of one root and of all clients made with it; they may come and go while calls run.</summary>
internal sealed class OperationObservers
{
    private readonly Lock _lock = new();
    private readonly OperationObservers? _shared;
    private readonly IOperationObserver? _replaced;
    private IOperationObserver[] _own;
    private Joined? _joined;

    public OperationObservers(IEnumerable<IOperationObserver> observers) => _own = [.. observers];

    /// <summary>Initializes a new instance of the <see cref="OperationObservers"/> class for one client: with those of its root, and some of its own.</summary>
    /// <param name="shared">Those of the root.</param>
    /// <param name="replaced">The one of them that does not hear of this client, because one of its own stands for it.</param>
    public OperationObservers(OperationObservers shared, IOperationObserver replaced)
    {
        _shared = shared;
        _replaced = replaced;
        _own = [];
    }

    public IOperationObserver[] All => _shared is null ? Volatile.Read(ref _own) : Join(_shared.All, Volatile.Read(ref _own));

    public bool Any => All.Length > 0;

    /// <summary>Gets a value indicating whether any wants to hear of the updates of streams.</summary>
    public bool WantUpdates => Array.Exists(All, static observer => observer.WantsUpdates);

    /// <summary>Adds an observer, unless it is there.</summary>
    public void Add(IOperationObserver observer)
    {
        lock (_lock)
        {
            if (!_own.Contains(observer))
            {
                Volatile.Write(ref _own, [.. _own, observer]);
            }
        }
    }

    public void Remove(IOperationObserver observer)
    {
        lock (_lock)
        {
            Volatile.Write(ref _own, [.. _own.Where(other => other != observer)]);
        }
    }

    /// <summary>Joins two lists, which hardly ever change.</summary>
    private IOperationObserver[] Join(IOperationObserver[] shared, IOperationObserver[] own)
    {
        var joined = Volatile.Read(ref _joined);
        if (joined is null || !ReferenceEquals(joined.Shared, shared) || !ReferenceEquals(joined.Own, own))
        {
            joined = new Joined(shared, own, [.. shared.Where(observer => observer != _replaced), .. own]);
            Volatile.Write(ref _joined, joined);
        }

        return joined.All;
    }

    private sealed record Joined(IOperationObserver[] Shared, IOperationObserver[] Own, IOperationObserver[] All);
}

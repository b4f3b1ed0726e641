using AiObs.Operations;

namespace AiObs.Pipeline;

/// <summary>Notes failed HTTP requests of the model calls of one root, from the first call on: a root that observes nothing listens to nothing.</summary>
internal sealed class AttemptWatch(bool isWanted, OperationIds ids, Faults faults, TimeProvider clock) : IDisposable
{
    private const string Part = "attempts";

    private readonly Lock _lock = new();
    private AttemptListener? _listener;
    private bool _isDone = !isWanted;

    /// <summary>Gets what listens; <see langword="null"/> where nothing does yet.</summary>
    public AttemptListener? Listener => Volatile.Read(ref _listener);

    /// <summary>Sees to it that the requests are listened to.</summary>
    public void Start()
    {
        if (!Volatile.Read(ref _isDone))
        {
            faults.Run(Part, this, static watch => watch.StartOnce());
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            Volatile.Write(ref _isDone, true);
            _listener?.Dispose();
            Volatile.Write(ref _listener, null);
        }
    }

    private void StartOnce()
    {
        lock (_lock)
        {
            if (!_isDone)
            {
                Volatile.Write(ref _isDone, true);
                Volatile.Write(ref _listener, new AttemptListener(ids, faults, clock));
            }
        }
    }
}

using System.Diagnostics;

namespace AiObs.Pipeline;

/// <summary>The activity source that function loops open their spans on, and the listener that hears of those.</summary>
/// <remarks>
/// .NET keeps sources and listeners until they are disposed, and clients with options of their own may be made for every request
/// and dropped. So neither knows who owns this object, and with the owner both go. It is made when it is first asked for, and
/// the listener when somebody listens to us: with one, every span costs something that has no other listener.
/// </remarks>
internal sealed class LoopSource(ObservabilityCore core, Func<ActivitySource, ActivityListener> createListener) : IDisposable
{
    private readonly Lock _gate = new();
    private ActivitySource? _source;
    private ActivityListener? _listener;
    private volatile bool _mayListen;
    private bool _isDisposed;

    ~LoopSource() => Release();

    /// <summary>Returns the source.</summary>
    public ActivitySource Get()
    {
        lock (_gate)
        {
            if (_source is null)
            {
                _source = core.CreateSource();
                _mayListen = !_isDisposed;
                if (_isDisposed)
                {
                    _source.Dispose();
                }
            }

            return _source;
        }
    }

    /// <summary>Begins to listen, where a loop may have the source.</summary>
    public void Listen()
    {
        if (_mayListen)
        {
            Attach();
        }
    }

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Attach()
    {
        lock (_gate)
        {
            if (_mayListen)
            {
                _mayListen = false;
                _listener = createListener(_source!);
                ActivitySource.AddActivityListener(_listener);
            }
        }
    }

    private void Release()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _mayListen = false;
            _listener?.Dispose();
            _source?.Dispose();
        }
    }
}

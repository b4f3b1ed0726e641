namespace AiObs.Store.Sql;

/// <summary>Lets one after the other work. Closing it waits for the one that works and turns away all that wait, so that nobody waits for ever.</summary>
#pragma warning disable CA1001 // Whoever waits for a semaphore that is disposed meanwhile is never told; and it holds nothing unless somebody asks for its handle.
internal sealed class Turn(object owner)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _semaphore = new(1, 1);
    private volatile bool _isClosed;

    /// <exception cref="ObjectDisposedException">The turn is closed.</exception>
    public void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_isClosed, owner);

    /// <summary>Waits for the turn, which has to be given back.</summary>
    /// <exception cref="ObjectDisposedException">The turn is closed.</exception>
    public async ValueTask TakeAsync(CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        await _semaphore.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_isClosed)
        {
            _semaphore.Release();
            ThrowIfClosed();
        }
    }

    public void Give() => _semaphore.Release();

    /// <summary>Turns away whoever comes from now on, without a wait for the one that works.</summary>
    public void Close() => _isClosed = true;

    /// <summary>Closes the turn and waits for the one that works.</summary>
    public async ValueTask CloseAsync()
    {
        Close();
        await _semaphore.WaitAsync().ConfigureAwait(false);
        _semaphore.Release();
    }
}

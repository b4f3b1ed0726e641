using AiObs.Cost.Ledger;
using AiObs.Operations;

namespace AiObs.Cost;

/// <summary>Hands records to a store of the application's in the background, so that no call waits for it, and again when the store failed.</summary>
internal sealed class CostWriter : IAsyncDisposable, IDisposable
{
    private const string Part = "cost.store";
    private const int MostDoublings = 10;
    private const int BatchSize = 256;

    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly ICostStore _store;
    private readonly int _capacity;
    private readonly ObservabilityCore _core;
    private readonly CancellationTokenSource _hurry = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CostQueue? _queue;
    private readonly Task _worker;
    private long _closedAt;
    private long _accepted;
    private int _failures;

    /// <summary>Initializes a new instance of the <see cref="CostWriter"/> class.</summary>
    /// <param name="store">The store.</param>
    /// <param name="capacity">How many records may wait.</param>
    /// <param name="core">What has the clock, and counts what is lost.</param>
    public CostWriter(ICostStore store, int capacity, ObservabilityCore core)
    {
        _store = store;
        _capacity = capacity;
        _core = core;
        if (store is InMemoryCostStore)
        {
            _worker = Task.CompletedTask;
            return;
        }

        _queue = new CostQueue(capacity);
        _worker = Task.Run(() => WorkAsync(_queue));
    }

    public void Write(CostRecord record)
    {
        if (_queue is null)
        {
            // Ours is done when it returns, and then totals and records agree as soon as the call is over.
            _ = _store.RecordAsync(record).AsTask();
        }
        else if (!_queue.TryAdd(record))
        {
            _core.Faults.Drop(Part);
        }
    }

    /// <summary>Waits until what was written before is in the store, or given up.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => _queue?.FlushAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Stops; what waits is still written, but nobody waits for it.</summary>
    public void Dispose()
    {
        if (_queue?.TryClose() == true)
        {
            Volatile.Write(ref _closedAt, _core.Clock.GetTimestamp());
            _hurry.Cancel();
        }
    }

    /// <summary>Stops when everything that waits is written, or has had its time.</summary>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_worker.IsCompleted)
        {
            return;
        }

        using (var deadline = new CancellationTokenSource(DrainTimeout, _core.Clock))
        using (deadline.Token.UnsafeRegister(static stop => ((CancellationTokenSource)stop!).Cancel(), _stop))
        {
            await _worker.ConfigureAwait(false);
        }
    }

    private async Task WorkAsync(CostQueue queue)
    {
        var most = _store is ICostBatchStore ? BatchSize : 1;
        while (await queue.TakeAsync(most, isFailing: _failures > 0).ConfigureAwait(false) is { } next)
        {
            await PauseAsync().ConfigureAwait(false);
            if (await TryAsync(next).ConfigureAwait(false) is { } reason)
            {
                Refuse(next, reason, queue);
            }
            else
            {
                NoteAccepted(next.Length);
            }

            queue.Finish();
        }
    }

    /// <summary>Hands records over. Returns why the store did not take them, or nothing.</summary>
    private async Task<Exception?> TryAsync(WaitingCost[] batch)
    {
        try
        {
            await WriteAsync(batch).WaitAsync(_stop.Token).ConfigureAwait(false);
            return null;
        }
#pragma warning disable CA1031 // What a store throws is its answer; the caller decides what it means.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception;
        }
    }

    private Task WriteAsync(WaitingCost[] batch) => batch is [var only]
        ? _store.RecordAsync(only.Record, _stop.Token).AsTask()
        : ((ICostBatchStore)_store).RecordAllAsync([.. batch.Select(static waiting => waiting.Record)], _stop.Token).AsTask();

    private void NoteAccepted(int count)
    {
        _accepted += count;
        if (_failures > 0)
        {
            _core.Logger.CostStoreRecovered(_failures);
            _failures = 0;
        }
    }

    private void Refuse(WaitingCost[] batch, Exception reason, CostQueue queue)
    {
        if (_failures++ == 0)
        {
            // The message may quote content, so type and frames have to do.
            _core.Logger.CostStoreFailed(reason.GetType().FullName, reason.StackTrace);
        }

        foreach (var waiting in batch)
        {
            if (IsGivenUp(waiting, batch.Length == 1, queue.RefusedCount))
            {
                _core.Faults.Report(Part, reason);
            }
            else
            {
                queue.PutBack(waiting);
            }
        }
    }

    private bool IsGivenUp(WaitingCost waiting, bool isAlone, int refused) =>
        (isAlone && waiting.Refuse(_accepted)) || refused >= _capacity || IsOver();

    /// <summary>Tells whether the time to write what was left is over.</summary>
    private bool IsOver() => _stop.IsCancellationRequested
        || (_hurry.IsCancellationRequested && _core.Clock.GetElapsedTime(Volatile.Read(ref _closedAt)) >= DrainTimeout);

    /// <summary>Leaves a store alone for a while that has failed.</summary>
    private async ValueTask PauseAsync()
    {
        if (_failures == 0 || _stop.IsCancellationRequested)
        {
            return;
        }

        var isHurried = _hurry.IsCancellationRequested;
        var pause = ShortestPause * (1 << Math.Min(_failures - 1, MostDoublings));
        try
        {
            await Task.Delay(
                isHurried ? ShortestPause : pause < LongestPause ? pause : LongestPause,
                _core.Clock,
                isHurried ? _stop.Token : _hurry.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Somebody waits for the end: the next try comes at once.
        }
    }
}

using System.Threading.Channels;
using AiObs.Cost.Ledger;
using AiObs.Operations;

namespace AiObs.Cost;

/// <summary>Hands records to a store of the application's in the background, in order, so that no call waits for it.</summary>
internal sealed class CostWriter : IAsyncDisposable, IDisposable
{
    private const string Part = "cost.store";

    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(5);

    private readonly ICostStore _store;
    private readonly Faults _faults;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<CostRecord>? _queue;
    private readonly Task _worker;

    /// <summary>Initializes a new instance of the <see cref="CostWriter"/> class.</summary>
    /// <param name="store">The store.</param>
    /// <param name="capacity">How many records may wait.</param>
    /// <param name="faults">What counts failures and drops.</param>
    /// <param name="clock">The clock.</param>
    public CostWriter(ICostStore store, int capacity, Faults faults, TimeProvider clock)
    {
        _store = store;
        _faults = faults;
        _clock = clock;
        if (store is InMemoryCostStore)
        {
            _worker = Task.CompletedTask;
            return;
        }

        _queue = Channel.CreateBounded<CostRecord>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _worker = Task.Run(() => WorkAsync(_queue.Reader));
    }

    public void Write(CostRecord record)
    {
        if (_queue is null)
        {
            // Ours is done when it returns, and then totals and records agree as soon as the call is over.
            _ = _store.RecordAsync(record).AsTask();
        }
        else if (!_queue.Writer.TryWrite(record))
        {
            _faults.Drop(Part);
        }
    }

    /// <summary>Stops; what waits is still written, but nobody waits for it.</summary>
    public void Dispose() => _queue?.Writer.TryComplete();

    /// <summary>Stops when everything that waits is written, or has had its time.</summary>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_worker.IsCompleted)
        {
            return;
        }

        using (var deadline = new CancellationTokenSource(DrainTimeout, _clock))
        using (deadline.Token.UnsafeRegister(static stop => ((CancellationTokenSource)stop!).Cancel(), _stop))
        {
            await _worker.ConfigureAwait(false);
        }
    }

    private async Task WorkAsync(ChannelReader<CostRecord> records)
    {
        await foreach (var record in records.ReadAllAsync().ConfigureAwait(false))
        {
            await _faults.RunAsync(
                Part, (_store, record, _stop.Token), static async state =>
                {
                    await state._store.RecordAsync(state.record, state.Token).AsTask().WaitAsync(state.Token).ConfigureAwait(false);
                }).ConfigureAwait(false);
        }
    }
}

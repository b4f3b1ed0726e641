using System.Runtime.ExceptionServices;
using Polly;
using Polly.Retry;

namespace AiObs.Delivery;

/// <summary>Takes batches out of a queue and writes them, one after the other, until the target has accepted each item.</summary>
/// <typeparam name="T">What is written.</typeparam>
/// <remarks>
/// While a target refuses everything, everything is kept. When a batch fails again and again its items are written one by one, and those that
/// the target refuses while it accepts others are put aside, see <see cref="RefusedItems{T}"/>: they must not hold up the rest.
/// </remarks>
internal sealed class DeliveryWorker<T> : IDisposable
{
    private const int WholeTries = 3;
    private const int MostRefusedInARow = 3;

    private readonly DeliveryQueue<T> _queue;
    private readonly DeliveryWriter<T> _writer;
    private readonly DeliveryHealth<T> _health;
    private readonly RefusedItems<T> _refused;
    private readonly ResiliencePipeline _retries;
    private readonly CancellationTokenSource _stop = new();
    private CancellationTokenSource _pause = new();
    private DeliveryBatch<T>? _current;

    public DeliveryWorker(
        DeliveryQueue<T> queue, DeliveryWriter<T> writer, DeliveryHealth<T> health, DeliveryOptions options, TimeProvider clock)
    {
        _queue = queue;
        _writer = writer;
        _health = health;
        _refused = new RefusedItems<T>(queue, writer, health, options, clock);
        _retries = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.BackOff,
                MaxDelay = options.MaxBackOff,
                ShouldHandle = args => new(args.Outcome.Exception is not null && !_stop.IsCancellationRequested),
            })
            .Build();
    }

    /// <summary>Gets how many items are taken out of the queue and not written.</summary>
    public int Unwritten => (Volatile.Read(ref _current)?.Count ?? 0) + _refused.Count;

    /// <summary>Writes until the queue is closed and empty, or <see cref="Stop"/> is called.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (!_queue.IsCompleted)
            {
                await _queue.WaitAsync(_stop.Token).ConfigureAwait(false);
                while (_queue.Take() is { } batch)
                {
                    await WriteAsync(batch).ConfigureAwait(false);
                }

                await _refused.TryAgainAsync(_stop.Token).ConfigureAwait(false);
                await FlushAsync(_queue.TakeFlushes()).ConfigureAwait(false);
            }

            await FlushAsync([new QueueWaiter(0, 0, flushesTarget: true)]).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a write is stopped with, whoever stopped the worker knows what is left.
        catch (Exception) when (_stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
        }
    }

    /// <summary>Ends the pause that a failed write is followed by.</summary>
    public void Hurry() => Interlocked.Exchange(ref _pause, new CancellationTokenSource()).Cancel();

    /// <summary>Gives up.</summary>
    public void Stop() => _stop.Cancel();

    public void Dispose()
    {
        // The source of the pause has nothing to release, and somebody may still be in a hurry.
        _refused.Dispose();
        _stop.Dispose();
    }

    private async Task WriteAsync(DeliveryBatch<T> batch)
    {
        Volatile.Write(ref _current, batch);
        while (batch.Count > 0)
        {
            using var round = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, Volatile.Read(ref _pause).Token);
            try
            {
                await _retries.ExecuteAsync(
                    static (state, _) => state.Worker.TryAsync(state.batch), (Worker: this, batch), round.Token).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // The failure is noted; somebody is in a hurry, so that the next try comes at once.
            catch (Exception) when (round.IsCancellationRequested && !_stop.IsCancellationRequested)
#pragma warning restore CA1031
            {
            }
        }

        Volatile.Write(ref _current, null);
        _queue.Finish();
    }

    private async ValueTask TryAsync(DeliveryBatch<T> batch)
    {
        _health.NoteStart(_writer.IsHung);
        try
        {
            if (batch.Failures < WholeTries)
            {
                await WriteWholeAsync(batch).ConfigureAwait(false);
            }
            else
            {
                await WriteOneByOneAsync(batch).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (!_stop.IsCancellationRequested)
        {
            batch.Failures++;
            if (_health.NoteFailure(exception))
            {
                _queue.LetGo(new DeliveryException(DeliveryState.Broken, exception));
            }

            throw;
        }
    }

    private async Task WriteWholeAsync(DeliveryBatch<T> batch)
    {
        await _writer.WriteAsync(batch.Items, _stop.Token).ConfigureAwait(false);
        _health.NoteWritten(batch.Count, _queue.Count - batch.Count);
        batch.Clear();
    }

    private async Task WriteOneByOneAsync(DeliveryBatch<T> batch)
    {
        if (batch.Count == 1 && _queue.TakeOne() is { } next)
        {
            // Alone, an item cannot be told from a target that is down.
            batch.Add(next);
        }

        List<(DeliveryBatch<T>.Entry Entry, Exception Reason)> refused = [];
        var accepted = 0;
        var refusedInARow = 0;
        foreach (var entry in batch.Split())
        {
            if (await _refused.TryAsync(entry, _stop.Token).ConfigureAwait(false) is not { } reason)
            {
                batch.Remove(entry);
                accepted++;
                refusedInARow = 0;
                continue;
            }

            refused.Add((entry, reason));
            if (++refusedInARow == MostRefusedInARow || _writer.IsHung)
            {
                break;
            }
        }

        if (accepted == 0)
        {
            batch.Rotate(refused.Count);
            ExceptionDispatchInfo.Throw(refused[^1].Reason);
        }

        foreach (var (entry, reason) in refused)
        {
            batch.Remove(entry);
            _refused.Add(entry, reason);
        }

        if (batch.Count > 0)
        {
            ExceptionDispatchInfo.Throw(refused[^1].Reason);
        }
    }

    private async Task FlushAsync(List<QueueWaiter> waiters)
    {
        if (waiters.Count == 0)
        {
            return;
        }

        try
        {
            await _writer.FlushAsync(_stop.Token).ConfigureAwait(false);
            waiters.ForEach(static waiter => waiter.Succeed());
        }
        catch (Exception exception) when (!_stop.IsCancellationRequested)
        {
            _health.NoteFailure(exception);
            waiters.ForEach(waiter => waiter.Fail(exception));
        }
    }
}

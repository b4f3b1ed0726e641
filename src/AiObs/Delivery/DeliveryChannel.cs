namespace AiObs.Delivery;

/// <summary>Writes items behind: takes them from whoever has them without a wait, and hands them to one target in batches until it has accepted each.</summary>
/// <typeparam name="T">What is written.</typeparam>
internal sealed class DeliveryChannel<T> : IAsyncDisposable
{
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _clock;
    private readonly DeliveryQueue<T> _queue;
    private readonly DeliveryHealth<T> _health;
    private readonly DeliveryWriter<T> _writer;
    private readonly DeliveryWorker<T> _worker;
    private readonly Task _running;
    private Task? _stopping;
    private volatile bool _isStopped;

    public DeliveryChannel(IDeliveryTarget<T> target, DeliveryOptions options, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        _health = new DeliveryHealth<T>(target, options.FailureThreshold, clock);
        _writer = new DeliveryWriter<T>(target, options.WriteTimeout, clock);

        // Neither the worker nor the timer belongs to the call that happens to be running now.
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            _queue = new DeliveryQueue<T>(options, target.SizeOf, clock);
            _worker = new DeliveryWorker<T>(_queue, _writer, _health, options, clock);
            _running = Task.Run(_worker.RunAsync);
        }
    }

    /// <summary>Gets how many items wait, those being written included.</summary>
    public long Waiting => _queue.Count;

    public DeliveryStatus Status => _health.Describe(
        _isStopped ? DeliveryState.Stopped : _writer.IsHung ? DeliveryState.Hung : null, _queue.Count);

    /// <summary>Lets an item in; older ones that had to go for it are told as lost, the item itself is not.</summary>
    /// <param name="item">The item.</param>
    /// <param name="sequence">Its number, to wait for it.</param>
    public QueueAdmission Add(T item, out long sequence)
    {
        var admission = _queue.Add(item, out sequence, out var dropped);
        Drop(dropped);
        return admission;
    }

    /// <summary>Tells the target of items that found no room and that nobody waits for.</summary>
    public void Drop(int count)
    {
        for (; count > 0; count--)
        {
            _health.NoteOverflow();
        }
    }

    /// <summary>Waits until the target has accepted some items, or throws what kept it from that.</summary>
    /// <param name="first">The number of the first item; 0 when all of them wait to be let in.</param>
    /// <param name="last">The number of the last item.</param>
    /// <param name="waiting">Items that found no room; those that find none in time are lost.</param>
    /// <param name="timeout">How long all this may take.</param>
    /// <param name="cancellationToken">Ends the wait; the items stay where they are.</param>
    public async ValueTask ConfirmAsync(
        long first, long last, IReadOnlyList<T> waiting, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = _clock.GetTimestamp();
        var letIn = 0;
        try
        {
            for (; letIn < waiting.Count; letIn++)
            {
                last = await AddAsync(waiting[letIn], started, timeout, cancellationToken).ConfigureAwait(false);
                first = first == 0 ? last : first;
            }

            await WaitForAsync(first, last, started, timeout, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Drop(waiting.Count - letIn);
        }
    }

    /// <summary>Waits until everything that is in the queue is written, or given up, and the target holds nothing back.</summary>
    public async Task FlushAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var waiter = _queue.WaitFor(0, _queue.Last, flushesTarget: true);
        _worker.Hurry();
        try
        {
            await Task.WhenAny(waiter.Task, _running).WaitAsync(timeout, _clock, cancellationToken).ConfigureAwait(false);
            await (waiter.Task.IsCompleted ? waiter.Task : _running).ConfigureAwait(false);
        }
        finally
        {
            _queue.Forget(waiter);
        }
    }

    /// <summary>Lets nothing in any more, writes what waits, and stops. What could not be written in time is told as lost.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_queue)
        {
            return new(_stopping ??= StopAsync());
        }
    }

    private async Task StopAsync()
    {
        _queue.Close();
        _worker.Hurry();
        await _running.WaitAsync(_options.StopTimeout, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _worker.Stop();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _isStopped = true;
        _health.NoteAbandoned(_worker.Unwritten + _queue.Abandon(new DeliveryException(DeliveryState.Stopped)));
        _queue.Dispose();
        _worker.Dispose();
    }

    private async ValueTask<long> AddAsync(T item, long started, TimeSpan timeout, CancellationToken cancellationToken)
    {
        while (true)
        {
            var admission = _queue.Add(item, out var sequence, out var dropped);
            Drop(dropped);
            switch (admission)
            {
                case QueueAdmission.Accepted:
                    return sequence;
                case QueueAdmission.Closed:
                    throw new DeliveryException(DeliveryState.Stopped);
            }

            ThrowIfDown();
            await _queue.WaitForRoomAsync(item).WaitAsync(Left(started, timeout), _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask WaitForAsync(long first, long last, long started, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var waiter = _queue.WaitFor(first, last, flushesTarget: false);
        if (waiter.Task.IsCompletedSuccessfully)
        {
            return;
        }

        try
        {
            ThrowIfDown();
            await waiter.Task.WaitAsync(Left(started, timeout), _clock, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _queue.Forget(waiter);
        }
    }

    private void ThrowIfDown()
    {
        if (_writer.IsHung || _health.IsOpen)
        {
            throw new DeliveryException(_writer.IsHung ? DeliveryState.Hung : DeliveryState.Broken);
        }
    }

    private TimeSpan Left(long started, TimeSpan timeout)
    {
        var left = timeout - _clock.GetElapsedTime(started);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}

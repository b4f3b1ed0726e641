using AiObs.Delivery;
using AiObs.Pipeline;
using Microsoft.Extensions.Logging;

namespace AiObs.Cost.Ledger;

/// <summary>Writes records to a store: to ours at once, to one of the application's behind, so that no call waits for it.</summary>
internal sealed partial class CostWriter : IDeliveryTarget<CostRecord>, IAsyncDisposable, IDisposable
{
    private const string Part = "cost.store";

    private readonly ICostStore _store;
    private readonly ObservabilityCore _core;
    private readonly DeliveryChannel<CostRecord>? _delivery;

    /// <summary>Initializes a new instance of the <see cref="CostWriter"/> class.</summary>
    /// <param name="store">The store.</param>
    /// <param name="capacity">How many records may wait.</param>
    /// <param name="capacityBytes">How many bytes of memory they may take.</param>
    /// <param name="core">What has the clock, and counts what is lost.</param>
    public CostWriter(ICostStore store, int capacity, long capacityBytes, ObservabilityCore core)
    {
        _store = store;
        _core = core;
        if (store is ICostStoreInMemory)
        {
            return;
        }

        var delivery = new DeliveryOptions
        {
            Capacity = capacity,
            CapacityBytes = capacityBytes,
            BatchSize = store is ICostBatchStore ? 256 : 1,
            WriteTimeout = TimeSpan.FromMinutes(1),
            BackOff = TimeSpan.FromMilliseconds(100),
            MaxBackOff = TimeSpan.FromSeconds(10),
            StopTimeout = TimeSpan.FromSeconds(5),
        };
        _delivery = new DeliveryChannel<CostRecord>(this, delivery, core.Clock);
    }

    /// <summary>Gets how the store does; <see langword="null"/> where records are not written behind.</summary>
    public DeliveryStatus? Status => _delivery?.Status;

    public void Write(CostRecord record)
    {
        if (_delivery is null)
        {
            // Ours is done when it returns, and then totals and records agree as soon as the call is over.
            _ = _store.RecordAsync(record).AsTask();
        }
        else if (_delivery.Add(record, out _) is QueueAdmission.Full or QueueAdmission.Closed)
        {
            _delivery.Drop(1);
        }
    }

    /// <summary>Waits until what was written before is in the store, or given up.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_delivery is null or { Waiting: 0 })
        {
            return;
        }

        try
        {
            await _delivery.FlushAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        }
        catch (DeliveryException)
        {
            // It was stopped: what waited is given up, and counted.
        }
    }

    /// <summary>Stops; what waits is still written, but nobody waits for it.</summary>
    public void Dispose() => _ = DisposeAsync().AsTask();

    /// <summary>Stops when everything that waits is written, or has had its time.</summary>
    public ValueTask DisposeAsync() => _delivery?.DisposeAsync() ?? ValueTask.CompletedTask;

    long IDeliveryTarget<CostRecord>.SizeOf(CostRecord item) => CostRecordSize.Of(item);

    async ValueTask IDeliveryTarget<CostRecord>.WriteAsync(IReadOnlyList<CostRecord> items, CancellationToken cancellationToken)
    {
        if (items is [var only])
        {
            await _store.RecordAsync(only, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await ((ICostBatchStore)_store).RecordAllAsync(items, cancellationToken).ConfigureAwait(false);
        }
    }

    void IDeliveryTarget<CostRecord>.Failed(int failures, Exception reason)
    {
        if (failures == 1)
        {
            // The message may quote content, so type and frames have to do.
            LogFailed(_core.Logger, reason.GetType().FullName, reason.StackTrace);
        }
    }

    void IDeliveryTarget<CostRecord>.Recovered(int failures, long waiting) => LogRecovered(_core.Logger, failures);

    void IDeliveryTarget<CostRecord>.Overflowed() => _core.Faults.Drop(Part);

    void IDeliveryTarget<CostRecord>.Refused(CostRecord item, Exception reason) => _core.Faults.Report(Part, reason);

    void IDeliveryTarget<CostRecord>.Abandoned(int count)
    {
        var reason = new TimeoutException("The time to write what was left is over.");
        for (; count > 0; count--)
        {
            _core.Faults.Report(Part, reason);
        }
    }

    [LoggerMessage(
        EventId = 60,
        Level = LogLevel.Warning,
        Message = "The cost store failed with {ExceptionType}; its records are kept and written again. {StackTrace}")]
    private static partial void LogFailed(ILogger logger, string? exceptionType, string? stackTrace);

    [LoggerMessage(EventId = 61, Level = LogLevel.Information, Message = "The cost store works again after {Failures} failures.")]
    private static partial void LogRecovered(ILogger logger, int failures);
}

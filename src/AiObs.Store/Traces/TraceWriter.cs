using System.Diagnostics;
using AiObs.Delivery;
using AiObs.Hosting;
using AiObs.Pipeline;

namespace AiObs.Store.Traces;

/// <summary>Writes the spans of a root to its trace store, behind, so that no call waits for it.</summary>
internal sealed class TraceWriter(ITraceStore store, ITraceFeed feed, TraceOptions options) : RootPart, ISpanKeeper, IDeliveryTarget<SpanSnapshot>, IAsyncDisposable, IDisposable
{
    private const string Full = "full";
    private const string Refused = "refused";
    private const string Shutdown = "shutdown";

    private ObservabilityCore? _core;
    private TraceMetrics? _metrics;
    private DeliveryChannel<SpanSnapshot>? _delivery;
    private SpanListener? _listener;
    private int _isFullSaid;

    public ITraceStore Store => store;

    public ITraceFeed Feed => feed;

    /// <summary>Gets the spans that have not ended; <see langword="null"/> before the root is there.</summary>
    public RunningSpans? Running { get; private set; }

    /// <summary>Gets how the store does; <see langword="null"/> before the root is there.</summary>
    public DeliveryStatus? Status => _delivery?.Status;

    public int Capacity => options.QueueCapacity;

    public override void Start(ObservabilityCore core)
    {
        _core = core;
        _metrics = new(core.Meter, core.Faults);
        Running = new(core.Clock);
        _delivery = new(
            this,
            new()
            {
                Capacity = options.QueueCapacity,
                CapacityBytes = options.QueueCapacityBytes,
                BatchSize = 512,
                BatchAge = TimeSpan.FromMilliseconds(250),
                WriteTimeout = TimeSpan.FromMinutes(1),
                BackOff = TimeSpan.FromMilliseconds(100),
                MaxBackOff = TimeSpan.FromSeconds(10),
                StopTimeout = TimeSpan.FromSeconds(5),
            },
            core.Clock);
        _listener = new(core, Running, span => Take(span));
        core.KeptSpans.Keeper = this;
    }

    public void Keep(Activity span) => Take(_listener!.Copy(span));

    public bool HasRoomFor(int count) => _delivery!.Waiting is var waiting && (waiting == 0 || waiting + count <= Capacity);

    public bool KeepReceived(Activity span, string source, bool isTop, string? agent) => Take(new(span, source, new(isTop, agent)));

    public ValueTask<RecentAnswers.Place?> FindAnswerAsync(string responseId, CancellationToken cancellationToken) =>
        KeptAnswers.FindAsync(store, responseId, cancellationToken);

    /// <summary>Waits until the spans that have ended are in the store, or given up.</summary>
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
    public async ValueTask DisposeAsync()
    {
        if (_delivery is not null)
        {
            await _delivery.DisposeAsync().ConfigureAwait(false);
        }

        // Last, so that spans which end meanwhile are counted.
        _listener?.Dispose();
    }

    long IDeliveryTarget<SpanSnapshot>.SizeOf(SpanSnapshot item) => item.Size;

    async ValueTask IDeliveryTarget<SpanSnapshot>.WriteAsync(IReadOnlyList<SpanSnapshot> items, CancellationToken cancellationToken)
    {
        // A store that asks a model must not leave spans by it, or it would never end.
        using var suppressed = AgentContext.Suppress();
        SpanRecord[] spans = [.. items.Select(SpanReader.Read)];
        await store.AppendAsync(spans, cancellationToken).ConfigureAwait(false);
        if (feed is WrittenTraceFeed own)
        {
            await own.TellAsync(spans, cancellationToken).ConfigureAwait(false);
        }
    }

    void IDeliveryTarget<SpanSnapshot>.Written(int count) => Volatile.Write(ref _isFullSaid, 0);

    void IDeliveryTarget<SpanSnapshot>.Failed(int failures, Exception reason)
    {
        if (failures == 1)
        {
            // The message may quote content, so type and frames have to do.
            _core!.Logger.TraceStoreFailed(reason.GetType().FullName, reason.StackTrace);
        }
    }

    void IDeliveryTarget<SpanSnapshot>.Recovered(int failures, long waiting) => _core!.Logger.TraceStoreRecovered(failures, waiting);

    void IDeliveryTarget<SpanSnapshot>.Hung() => _core!.Logger.TraceStoreHung();

    void IDeliveryTarget<SpanSnapshot>.Overflowed()
    {
        _metrics!.Dropped(Full, 1);
        if (Interlocked.Exchange(ref _isFullSaid, 1) == 0)
        {
            _core!.Logger.TraceQueueFull();
        }
    }

    void IDeliveryTarget<SpanSnapshot>.Refused(SpanSnapshot item, Exception reason)
    {
        _metrics!.Dropped(Refused, 1);
        _core!.Logger.SpanRefused(reason.GetType().FullName);
    }

    void IDeliveryTarget<SpanSnapshot>.Abandoned(int count)
    {
        _metrics!.Dropped(Shutdown, count);
        _core!.Logger.TracesUnwritten(count);
    }

    private bool Take(SpanSnapshot span)
    {
        var admission = _delivery!.Add(span, out _);
        switch (admission)
        {
            case QueueAdmission.Full:
                _delivery.Drop(1);
                break;
            case QueueAdmission.Closed:
                _metrics!.Dropped(Shutdown, 1);
                break;
        }

        return admission is QueueAdmission.Accepted;
    }
}

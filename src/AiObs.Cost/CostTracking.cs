using AiObs.Cost.Budgets;
using AiObs.Cost.Ledger;
using AiObs.Cost.Pricing;
using AiObs.Cost.Usage;
using AiObs.Delivery;
using AiObs.Operations;
using AiObs.Pipeline;

namespace AiObs.Cost;

/// <summary>Prices every model call once, keeps the records and holds calls to their budgets.</summary>
/// <remarks>
/// It comes with <c>AddCostTracking()</c> or <c>UseCostTracking()</c>; <c>client.GetService&lt;CostTracking&gt;()</c>
/// finds that of a client. Calls inside of <see cref="AgentContext.Suppress"/> are neither priced nor held to budgets; those of a root that is switched off are, though no span, metric or event says so.
/// </remarks>
public sealed class CostTracking : ICallGate, IAsyncDisposable, IDisposable
{
    private const string GatePart = "budget";

    private readonly ObservabilityCore _core;
    private readonly BudgetGate _budgets;
    private readonly CallReserve _reserve;
    private readonly CallPricer _pricer;
    private readonly CostWriter _writer;
    private CostRecorder? _recorder;

    internal CostTracking(CostTrackingOptions options, CostLedger ledger, IEnumerable<IPricingProvider> providers, CurrentTable table, ObservabilityCore core)
    {
        _core = core;
        Options = options;
        Ledger = ledger;
        Providers = [.. providers];
        Table = table;
        Prices = new PriceBook(options.Pricing, Providers, core.Faults, core.Logger, core.Clock, table);
        _budgets = new BudgetGate([.. options.Budgets], options.Reservations, options.BurnRate, core);
        _reserve = new CallReserve(_budgets, options.Reservations, Prices, core.Clock);
        _pricer = new CallPricer(
            options.TrustReportedCost,
            new CallUsageReader(new UsageMapper(options.MapUsage, core.CallbackTimeout, core.Faults), options.EstimateMissingUsage),
            Prices,
            new UnknownModels(Prices, ledger.Unpriced, core.Logger));
        _writer = new CostWriter(ledger.Store, options.StoreQueueCapacity, options.StoreQueueCapacityBytes, core);
    }

    /// <summary>Gets the running totals.</summary>
    public CostAccumulator Accumulator => Ledger.Accumulator;

    /// <summary>Gets where the records are kept.</summary>
    public ICostStore Store => Ledger.Store;

    /// <summary>Gets all sources of prices in their order, to price recorded calls again; see <see cref="CostScenario.Prices"/>.</summary>
    public IPricingProvider Pricing => Prices;

    /// <summary>Gets how the budgets stand.</summary>
    public BudgetOverview Budgets => _budgets.Overview;

    /// <summary>Gets the models whose calls could not be priced since the root is there, up to 1,000; those of clients with prices of their own too.</summary>
    public IReadOnlyList<UnpricedModel> UnpricedModels => Ledger.Unpriced.List();

    internal CostTrackingOptions Options { get; }

    /// <summary>Gets how the store does; <see langword="null"/> where it is ours, in memory.</summary>
    internal DeliveryStatus? StoreStatus => _writer.Status;

    internal CostLedger Ledger { get; }

    internal IReadOnlyList<IPricingProvider> Providers { get; }

    /// <summary>Gets the price table of the root, which its clients share.</summary>
    internal CurrentTable Table { get; }

    internal PriceBook Prices { get; }

    /// <summary>Waits until <see cref="Store"/> has the records of all calls that have ended before.</summary>
    /// <param name="cancellationToken">Ends the wait; the records still wait to be written.</param>
    /// <returns>A task that ends when each of them is written, or was refused so often that it was given up, which <c>aiobs.faults</c> counts.</returns>
    /// <remarks>The store in memory has a record when its call returns, so this returns at once. While a store is down, it waits until the store is back.</remarks>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default) => _writer.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        Prices.Dispose();
        _writer.Dispose();
    }

    /// <summary>Disposes what loads prices, and waits a few seconds for records that a store of the application's has not taken yet.</summary>
    /// <returns>A task that ends when they are written, or have had their time.</returns>
    public ValueTask DisposeAsync()
    {
        Prices.Dispose();
        return _writer.DisposeAsync();
    }

    /// <inheritdoc/>
    ValueTask<CallTicket?> ICallGate.AdmitAsync(CallRequest request, CancellationToken cancellationToken)
    {
        var ticket = new CostTicket(this, request);
        if (_budgets.HasBudgets)
        {
            ticket.Reservation = Reserve(request, ticket);
        }

        return new(ticket);
    }

    /// <inheritdoc/>
    CallTicket? ICallGate.Adopt(CallRequest request) => new CostTicket(this, request);

    /// <summary>Returns what prices and records responses that no client of the root made.</summary>
    internal ICostRecorder RecorderOn(OperationPipeline root) => _recorder ??= new CostRecorder(this, root);

    /// <summary>Gets a value indicating whether there is any budget.</summary>
    internal bool HasBudgets => _budgets.HasBudgets;

    /// <summary>Tells whether there is a budget of a name.</summary>
    internal bool HasBudget(string name) => _budgets.Has(name);

    /// <summary>Tells why a call would not be let through; <see langword="null"/> where it would.</summary>
    /// <param name="request">The call.</param>
    /// <param name="budget">The name of the only budget that is asked, whatever its mode; <see langword="null"/> for all that block.</param>
    internal BudgetRefusal? FindRefusal(CallRequest request, string? budget) => _budgets.FindRefusal(_reserve.RequestOf(request, new CostTicket(this, request)), budget);

    /// <summary>Makes the ticket of a call that is recorded by hand.</summary>
    internal CostTicket TicketOf(CallRequest request, IPricingProvider? pricing) =>
        pricing is null ? new(this, request) : new(this, request) { Pricing = pricing };

    /// <summary>Estimates what a call has cost so far.</summary>
    internal decimal? EstimateCost(ModelOperation operation, CostTicket ticket, long input, long output) => Prices.Estimate(
        PriceTarget.RequestOf(operation, Prices.SellerOf(operation.Endpoint), operation.StartedAt), PriceTarget.TermsOf(operation, ticket), input, output);

    /// <summary>Prices a call that completed elsewhere.</summary>
    internal CostRecord Price(ModelOperation completed, CostTicket ticket) => _pricer.Price(completed, ticket)!;

    /// <summary>Prices a call that has ended, and records it; a call that used nothing that is known of leaves no record.</summary>
    internal CallCost? Close(CostTicket ticket, ModelOperation ended)
    {
        var record = _core.Faults.Get("cost", (_pricer, ended, ticket), static state => state._pricer.Price(state.ended, state.ticket));
        if (record is null)
        {
            ticket.Release();
            return null;
        }

        ticket.Reservation?.Settle(record.Total, CallTokens.Of(record.Receipt.Usage), ended);
        if (ended is ChatOperation { ResponseId: { Length: > 0 } response })
        {
            _core.Faults.Run("clock", (Tracking: this, response, record), static state =>
                state.Tracking.Ledger.Responses.Note(state.response, state.record.Provider, state.Tracking._core.Clock.GetUtcNow()));
        }

        Accumulator.Add(record);
        Gathering<CostRecord>.Add(record);
        _writer.Write(record);
        return record.ToCallCost();
    }

    /// <summary>Has the budgets set aside what a call may take; where the estimate itself fails, the call passes without.</summary>
    private BudgetReservation? Reserve(CallRequest request, CostTicket ticket)
    {
        try
        {
            return _reserve.Reserve(request, ticket);
        }
#pragma warning disable CA1031 // Budgets that are broken must not stop every call.
        catch (Exception exception) when (exception is not BudgetExceededException)
#pragma warning restore CA1031
        {
            _core.Faults.Report(GatePart, exception);
            return null;
        }
    }
}

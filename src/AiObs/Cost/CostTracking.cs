using AiObs.Cost.Budgets;
using AiObs.Cost.Budgets.Streams;
using AiObs.Cost.Ledger;
using AiObs.Cost.Pricing;
using AiObs.Cost.Repricing;
using AiObs.Cost.Usage;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Cost;

/// <summary>Prices every model call once, keeps the records and holds calls to their budgets.</summary>
/// <remarks>
/// It comes with <see cref="AgentObservabilityBuilder.AddCostTracking"/> or <c>UseCostTracking()</c>; <c>client.GetService&lt;CostTracking&gt;()</c>
/// finds that of a client. Calls inside of <see cref="AgentContext.Suppress"/>, or of a root that is switched off, are neither priced nor held to budgets.
/// </remarks>
public sealed class CostTracking : IAsyncDisposable, IDisposable
{
    private const string GatePart = "budget";

    private readonly ObservabilityCore _core;
    private readonly BudgetGate _budgets;
    private readonly CallGate _gate;
    private readonly CallPricer _pricer;
    private readonly CostWriter _writer;

    internal CostTracking(CostTrackingOptions options, CostLedger ledger, IEnumerable<IPricingProvider> providers, ObservabilityCore core)
    {
        _core = core;
        Options = options;
        Ledger = ledger;
        Providers = [.. providers];
        Prices = new PriceBook(options.Pricing, Providers, core.Faults, core.Logger, core.Clock);
        _budgets = new BudgetGate([.. options.Budgets], options.Reservations, options.BurnRate, core);
        _gate = new CallGate(_budgets, options.Reservations, Prices, core.Clock);
        _pricer = new CallPricer(
            options.TrustReportedCost,
            new CallUsageReader(new UsageMapper(options.MapUsage, core.Faults), options.EstimateMissingUsage),
            Prices,
            new UnknownModels(core.Logger));
        _writer = new CostWriter(ledger.Store, options.StoreQueueCapacity, core);
    }

    /// <summary>Gets the running totals.</summary>
    public CostAccumulator Accumulator => Ledger.Accumulator;

    /// <summary>Gets where the records are kept.</summary>
    public ICostStore Store => Ledger.Store;

    /// <summary>Gets all sources of prices in their order, to price recorded calls again; see <see cref="CostScenario.Prices"/>.</summary>
    public IPricingProvider Pricing => Prices;

    /// <summary>Gets how the budgets stand.</summary>
    public BudgetOverview Budgets => _budgets.Overview;

    internal CostTrackingOptions Options { get; }

    internal CostLedger Ledger { get; }

    internal IReadOnlyList<IPricingProvider> Providers { get; }

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

    /// <summary>Lets a chat start, as far as the budgets have room for it.</summary>
    /// <exception cref="BudgetExceededException">A budget refuses the call.</exception>
    internal void Admit(ChatOperation operation, IList<ChatMessage> messages, ChatOptions? options, OperationPipeline pipeline)
    {
        operation.Costs!.RequestMessages = messages;
        operation.Costs.RequestOptions = options;
        if (_budgets.HasBudgets)
        {
            _core.Faults.Ask(GatePart, (_gate, operation, pipeline), static state =>
                state._gate.Admit(state.operation, state.pipeline));
        }
    }

    /// <summary>Lets an embedding request start, as far as the budgets have room for it.</summary>
    /// <exception cref="BudgetExceededException">A budget refuses the request.</exception>
    internal void Admit(EmbeddingOperation operation, OperationPipeline pipeline)
    {
        if (_budgets.HasBudgets)
        {
            _core.Faults.Ask(GatePart, (_gate, operation, pipeline), static state =>
                state._gate.Admit(state.operation, state.pipeline));
        }
    }

    /// <summary>Puts on a stream what ends it when a budget has no more for it; most streams stay as they are.</summary>
    internal IAsyncEnumerable<ChatResponseUpdate> Guard(ChatOperation operation, IAsyncEnumerable<ChatResponseUpdate> stream) =>
        operation.Costs!.Reservation is { } reservation && reservation.EndsStream()
            ? new BudgetedStream(
                stream, reservation, new CallMeter(operation, Prices), Options.Reservations.StreamEndTimeout, _core.Clock, _core.Faults)
            : stream;

    /// <summary>Returns what a stream may take that is no stream of updates; <see langword="null"/> where no budget ends it.</summary>
    internal StreamAllowance? AllowanceOf(ChatOperation operation) =>
        operation.Costs?.Reservation is { } reservation && reservation.EndsStream()
            ? new StreamAllowance(reservation, new CallMeter(operation, Prices))
            : null;

    /// <summary>Prices a call that completed elsewhere.</summary>
    internal CostRecord Price(ModelOperation completed) => _pricer.Price(completed)!;

    /// <summary>Prices a call that has ended, and records it; a call that used nothing that is known of leaves no record.</summary>
    internal void Close(ModelOperation operation)
    {
        var costs = operation.Costs!;
        var record = _core.Faults.Get("cost", (_pricer, operation), static state => state._pricer.Price(state.operation));
        costs.RequestMessages = null;
        costs.RequestOptions = null;
        if (record is null)
        {
            costs.Reservation?.Release();
            return;
        }

        operation.Cost = record;
        costs.Reservation?.Settle(record.Total, CallTokens.Of(record.Receipt.Usage));
        Accumulator.Add(record);
        _writer.Write(record);
    }
}

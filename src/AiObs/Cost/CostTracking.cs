using AiObs.Cost.Budgets;
using AiObs.Cost.Ledger;
using AiObs.Cost.Pricing;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Cost;

/// <summary>Prices every model call once, keeps the records and holds calls to their budgets.</summary>
/// <remarks>It comes with <see cref="AgentObservabilityBuilder.AddCostTracking"/> or <c>UseCostTracking()</c>; <c>client.GetService&lt;CostTracking&gt;()</c> finds that of a client.</remarks>
public sealed class CostTracking : IAsyncDisposable, IDisposable
{
    private readonly CallPricer _pricer;
    private readonly CallGate _gate;
    private readonly CostWriter _writer;

    internal CostTracking(CostTrackingOptions options, CostLedger ledger, ObservabilityCore core)
    {
        Options = options;
        Ledger = ledger;
        Prices = new PriceBook();
        _pricer = new CallPricer(options, Prices, new UnknownModels(core.Logger));
        _gate = new CallGate(options, Prices, core.Faults);
        _writer = new CostWriter(ledger.Store, core.Faults);
    }

    /// <summary>Gets the running totals.</summary>
    public CostAccumulator Accumulator => Ledger.Accumulator;

    /// <summary>Gets where the records are kept.</summary>
    public ICostStore Store => Ledger.Store;

    internal CostTrackingOptions Options { get; }

    internal CostLedger Ledger { get; }

    internal PriceBook Prices { get; }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    /// <summary>Lets a call start, as far as the budgets have room for it.</summary>
    /// <exception cref="BudgetExceededException">A budget refuses the call.</exception>
    internal void Admit(ChatOperation operation, IList<ChatMessage> messages, ChatOptions? options) =>
        _gate.Admit(operation, messages, options);

    /// <summary>Prices a call that has ended, and records it; a call that took nothing that is known of leaves no record.</summary>
    internal void Close(ModelOperation operation)
    {
        if (_pricer.Price(operation) is not { } record)
        {
            operation.Reservation?.Release();
            return;
        }

        operation.Cost = record;
        operation.Reservation?.Settle(record.Total, TokensOf(operation.Usage));
        Accumulator.Add(record);
        _writer.Write(record);
    }
}

using AiObs.Cost.Pricing;
using AiObs.Operations;

namespace AiObs.Cost;

/// <summary>Makes the cost record of a call that has ended.</summary>
internal sealed class CallPricer(CostTrackingOptions options, PriceBook prices, UnknownModels unknown)
{
    private readonly Func<ModelOperation, UsageQuantities?>? _mapUsage = options.MapUsage;
    private readonly bool _trustsReported = options.TrustReportedCost;

    /// <summary>Prices a call; <see langword="null"/> when it failed or was left before anything that costs is known of it.</summary>
    public CostRecord? Price(ModelOperation operation)
    {
        var usage = UsageOf(operation);
        if (usage.Quantities.All.Count == 0 && operation is { Outcome: not OperationOutcome.Completed, ReportedCost: null })
        {
            return null;
        }

        var receipt = MakeReceipt(operation, usage);
        return new CostRecord
        {
            Id = operation.NextId(),
            CallId = operation.CallId,
            Time = operation.StartedAt,
            Operation = operation.Kind,
            Provider = operation.Endpoint.Provider,
            RequestModel = operation.RequestModel,
            ResponseModel = operation.ResponseModel,
            ConversationId = operation.Context.ConversationId,
            UserId = operation.Context.UserId,
            SessionId = operation.Context.SessionId,
            Tags = operation.Context.Tags ?? [],
            TraceId = operation.Activity?.TraceId.ToHexString(),
            SpanId = operation.Activity?.SpanId.ToHexString(),
            Total = Choose(receipt.Total, operation.ReportedCost),
            ReportedTotal = operation.ReportedCost,
            Receipt = receipt,
        };
    }

    /// <summary>Chooses the amount. A provider that says zero has usually just not said anything, so that never replaces what was computed.</summary>
    private decimal? Choose(decimal? computed, decimal? reported) =>
        reported > 0 && (_trustsReported || computed is null) ? reported : computed;
}

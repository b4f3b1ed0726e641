using AiObs.Cost.Pricing;
using AiObs.Cost.Usage;
using AiObs.Operations;

namespace AiObs.Cost;

/// <summary>Makes the cost record of a call that has ended.</summary>
internal sealed class CallPricer(bool trustsReported, CallUsageReader usages, PriceBook prices, UnknownModels unknown)
{
    /// <summary>Prices a call; <see langword="null"/> when nothing is known to have been used, as of a call that failed before it was answered.</summary>
    public CostRecord? Price(ModelOperation operation, CostTicket ticket)
    {
        if (operation is ChatOperation { RunsOn: true } or ChatOperation { IsReplay: true })
        {
            return null;
        }

        var usage = usages.Read(operation, ticket);
        if (usage.Quantities.IsEmpty && operation is { Outcome: not OperationOutcome.Completed, ReportedCost: null })
        {
            return null;
        }

        var receipt = MakeReceipt(operation, ticket, usage);
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

    private CostReceipt MakeReceipt(ModelOperation operation, CostTicket ticket, CallUsage usage)
    {
        var request = PriceTarget.RequestOf(operation, operation.StartedAt);
        var receipt = prices.Price(request, usage, PriceTarget.TermsOf(operation, ticket.Pricing), operation.RequestModel);
        if (receipt.Source == PriceSource.None && !usage.Quantities.IsEmpty)
        {
            unknown.Tell(request, receipt.Reason);
        }

        return receipt;
    }

    /// <summary>Chooses the amount. A provider that says zero has usually just not said anything, so that never replaces what was computed.</summary>
    private decimal? Choose(decimal? computed, decimal? reported) =>
        reported > 0 && (trustsReported || computed is null) ? reported : computed;
}

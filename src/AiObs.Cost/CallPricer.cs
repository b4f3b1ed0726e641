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

        var seller = prices.SellerOf(operation.Endpoint);
        var receipt = MakeReceipt(operation, seller, ticket, usage);
        return new CostRecord
        {
            Id = operation.NextId(),
            CallId = operation.CallId,
            Time = operation.StartedAt,
            Operation = operation.Kind,
            Provider = NameOf(seller, operation.Endpoint),
            RequestModel = operation.RequestModel,
            ResponseModel = operation.ResponseModel,
            ConversationId = operation.Context.ConversationId,
            UserId = operation.Context.UserId,
            SessionId = operation.Context.SessionId,
            Tags = operation.Context.Tags ?? [],
            Metadata = operation.Context.Recorded?.Metadata,
            AgentName = operation.FindAgentRun()?.Name,
            TraceId = operation.Activity?.TraceId.ToHexString(),
            SpanId = operation.Activity?.SpanId.ToHexString(),
            Total = Choose(receipt.Total, operation.ReportedCost),
            ReportedTotal = operation.ReportedCost,
            Receipt = receipt,
        };
    }

    private CostReceipt MakeReceipt(ModelOperation operation, Seller seller, CostTicket ticket, CallUsage usage)
    {
        var request = PriceTarget.RequestOf(operation, seller, operation.StartedAt);
        var receipt = prices.Price(request, usage, PriceTarget.TermsOf(operation, ticket), operation.RequestModel);
        if (receipt.Source == PriceSource.None && !usage.Quantities.IsEmpty)
        {
            unknown.Tell(request, receipt);
        }

        return receipt;
    }

    /// <summary>Returns who served a call: as the span has it, unless the options say that it is somebody else.</summary>
    private static string? NameOf(Seller seller, ModelEndpoint endpoint) =>
        seller.Provider is { } provider && (endpoint.Provider is null || ProviderIds.Canonical(provider) != ProviderIds.Canonical(endpoint.Provider))
            ? provider
            : endpoint.Provider;

    /// <summary>Chooses the amount. A provider that says zero has usually just not said anything, so that never replaces what was computed.</summary>
    private decimal? Choose(decimal? computed, decimal? reported) =>
        reported > 0 && (trustsReported || computed is null) ? reported : computed;
}

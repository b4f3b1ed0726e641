using AiObs.Cost.Pricing;
using AiObs.Cost.Usage;
using AiObs.Operations;

namespace AiObs.Cost;

/// <summary>Reads what a call used, and estimates what the provider did not report.</summary>
internal sealed class CallUsageReader(UsageMapper mapper, bool estimates)
{
    private const string SeveralRounds = "several rounds as one call";

    public CallUsage Read(ModelOperation operation, CostTicket ticket)
    {
        var usage = ReadOne(operation, ticket);
        return operation is ChatOperation { HasSeveralRounds: true }
            ? usage with { IsPartial = true, Reason = usage.Reason is null ? SeveralRounds : $"{SeveralRounds}; {usage.Reason}" }
            : usage;
    }

    private CallUsage ReadOne(ModelOperation operation, CostTicket ticket) => operation switch
    {
        _ when !estimates => Map(operation),
        ChatOperation chat when ticket.RequestMessages is { } messages && NeedsEstimate(chat, ticket) => UsageEstimation.Complete(
            mapper, chat.Usage, TokenEstimator.EstimateInput(messages, ticket.RequestOptions), ticket.DeliveredBeside(chat.Usage)),
        EmbeddingOperation { Usage: null, Outcome: OperationOutcome.Completed } embedding => Estimate(embedding),
        _ => Map(operation),
    };

    private CallUsage Map(ModelOperation operation) => mapper.Map(
        operation.Usage,
        operation.Kind,
        leavesThoughtsOut: operation.Endpoint.Provider is { } provider && ProviderIds.Canonical(provider) is "google" or "x-ai");

    /// <summary>Tells whether what was reported may not be all. A stream that did not reach its end has reported at most what it had by then.</summary>
    private static bool NeedsEstimate(ChatOperation chat, CostTicket ticket) => chat is { Outcome: OperationOutcome.Completed, EndedBy: null }
        ? chat.Usage?.Total is null && (chat.Usage?.Input is null || chat.Usage.Output is null)
        : !chat.HasWholeUsage && ticket.DeliveredBeside(chat.Usage).Tokens > 0;

    private CallUsage Estimate(EmbeddingOperation embedding)
    {
        var input = EmbeddingInput.Of(embedding.Values);
        if (!input.IsKnown)
        {
            return Map(embedding);
        }

        return mapper.Map(new TokenUsage { Input = input.Tokens, Total = input.Tokens }, embedding.Kind) with
        {
            IsEstimated = true,
            Reason = input.IsCounted ? "the input was counted from the request" : "the input was estimated from its text",
        };
    }
}

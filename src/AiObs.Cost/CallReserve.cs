using AiObs.Cost.Budgets;
using AiObs.Cost.Pricing;
using AiObs.Cost.Usage;
using AiObs.Operations;

namespace AiObs.Cost;

/// <summary>Estimates what a call may take, and has the budgets set it aside.</summary>
internal sealed class CallReserve(BudgetGate budgets, ReservationOptions reservations, PriceBook prices, TimeProvider clock)
{
    /// <exception cref="BudgetExceededException">A budget refuses the call.</exception>
    public BudgetReservation? Reserve(CallRequest request, CostTicket ticket) => budgets.Reserve(RequestOf(request, ticket));

    /// <summary>Returns what a call would ask the budgets for.</summary>
    public BudgetRequest RequestOf(CallRequest request, CostTicket ticket)
    {
        if (request.Messages is { } messages)
        {
            var input = TokenEstimator.MeasureInput(messages, request.Options);
            return RequestOf(request, ticket, (input.Estimate.Tokens, input.HighestTokens), reservations.OutputTokens(request.Options?.MaxOutputTokens));
        }

        var values = EmbeddingInput.Of(request.Values);
        return RequestOf(request, ticket, (values.Tokens, values.HighestTokens), (0, 0));
    }

    private BudgetRequest RequestOf(
        CallRequest call, CostTicket ticket, (long Estimated, long Highest) input, (long Estimated, long? Highest) output)
    {
        var operation = call.Operation;
        var request = PriceTarget.RequestOf(operation, prices.SellerOf(operation.Endpoint), clock.GetUtcNow());
        var terms = PriceTarget.TermsOf(operation, ticket);
        var estimate = prices.Estimate(request, terms, input.Estimated, output.Estimated);
        return new BudgetRequest(operation.Context, operation.RequestModel, estimate, input.Estimated + output.Estimated)
        {
            HighestCost = output.Highest is { } tokens ? prices.Estimate(request, terms, input.Highest, tokens) : null,
            HighestTokens = input.Highest + output.Highest,
            Observers = operation.Observers,
        };
    }
}

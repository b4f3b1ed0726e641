using AiObs.Cost.Budgets;
using AiObs.Cost.Pricing;
using AiObs.Cost.Usage;
using AiObs.Operations;

namespace AiObs.Cost;

/// <summary>Estimates what a call may take, and has the budgets set it aside.</summary>
internal sealed class CallGate(BudgetGate budgets, ReservationOptions reservations, PriceBook prices, TimeProvider clock)
{
    public void Admit(ChatOperation operation, OperationContext context)
    {
        var input = TokenEstimator.EstimateInput(operation.RequestMessages!, operation.RequestOptions).Tokens;
        var (output, highest) = reservations.OutputTokens(operation.RequestOptions?.MaxOutputTokens);
        operation.Reservation = Reserve(operation, context, input, output, highest);
    }

    public void Admit(EmbeddingOperation operation, OperationContext context)
    {
        var input = 0L;
        foreach (var text in operation.RequestIdentity as IEnumerable<string> ?? [])
        {
            input += TokenEstimator.Estimate(text);
        }

        operation.Reservation = Reserve(operation, context, input, output: 0, highest: 0);
    }

    private BudgetReservation? Reserve(ModelOperation operation, OperationContext context, long input, long output, long? highest)
    {
        var request = PriceTarget.RequestOf(operation, clock.GetUtcNow());
        var terms = PriceTarget.TermsOf(operation, AgentContext.CurrentPricing);
        var estimate = prices.Estimate(request, terms, input, output);
        return budgets.Reserve(new BudgetRequest(context, operation.RequestModel, estimate, input + output)
        {
            HighestCost = highest switch
            {
                null => null,
                { } tokens when tokens == output => estimate,
                { } tokens => prices.Estimate(request, terms, input, tokens),
            },
            HighestTokens = input + highest,
        });
    }
}

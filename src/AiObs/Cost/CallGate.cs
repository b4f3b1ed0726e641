using AiObs.Cost.Budgets;
using AiObs.Cost.Pricing;
using AiObs.Cost.Usage;
using AiObs.Operations;

namespace AiObs.Cost;

/// <summary>Estimates what a call may take, and has the budgets set it aside.</summary>
internal sealed class CallGate(BudgetGate budgets, ReservationOptions reservations, PriceBook prices, TimeProvider clock)
{
    public void Admit(ChatOperation operation, OperationPipeline pipeline)
    {
        var costs = operation.Costs!;
        var input = TokenEstimator.MeasureInput(costs.RequestMessages!, costs.RequestOptions);
        var output = reservations.OutputTokens(costs.RequestOptions?.MaxOutputTokens);
        costs.Reservation = Reserve(operation, pipeline, (input.Estimate.Tokens, input.HighestTokens), output);
    }

    public void Admit(EmbeddingOperation operation, OperationPipeline pipeline)
    {
        var input = EmbeddingInput.Of(operation.RequestIdentity);
        operation.Costs!.Reservation = Reserve(operation, pipeline, (input.Tokens, input.HighestTokens), (0, 0));
    }

    private BudgetReservation? Reserve(
        ModelOperation operation, OperationPipeline pipeline, (long Estimated, long Highest) input, (long Estimated, long? Highest) output)
    {
        var request = PriceTarget.RequestOf(operation, clock.GetUtcNow());
        var terms = PriceTarget.TermsOf(operation);
        var estimate = prices.Estimate(request, terms, input.Estimated, output.Estimated);
        return budgets.Reserve(new BudgetRequest(pipeline.ReadContext(operation), operation.RequestModel, estimate, input.Estimated + output.Estimated)
        {
            HighestCost = output.Highest is { } tokens ? prices.Estimate(request, terms, input.Highest, tokens) : null,
            HighestTokens = input.Highest + output.Highest,
            Observers = pipeline.Observers,
        });
    }
}

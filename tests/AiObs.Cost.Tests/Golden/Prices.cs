using AiObs.Cost.Budgets;

namespace AiObs.Cost.Tests.Golden;

/// <summary>What calls cost in the golden record: 3 USD for a million input tokens, 15 for a million output tokens.</summary>
internal static class Prices
{
    /// <summary>A first round takes 0.00045 USD; what is left lets neither a second one start nor its stream end.</summary>
    public static void Set(CostTrackingOptions options, Outcome outcome, int rounds)
    {
        options.Pricing.Prices.Clear();
        options.Budgets.Clear();
        foreach (var model in (string[])["stub-model", "stub-model-1", "cheap-model", "dear-model", "stub-embedding"])
        {
            options.Pricing.Prices.Add(new() { Model = model, Rates = { ["input_mtok"] = 3, ["output_mtok"] = 15 } });
        }

        options.Reservations.DefaultOutputTokens = 5;
        options.Reservations.HighestOutputTokens = 20;
        options.Budgets.Add(new Budget
        {
            Name = "day",
            EndStreams = outcome is Outcome.Cut,
            Limit = (outcome, rounds) switch
            {
                (Outcome.Cut, 1) => 0.0008m,
                (Outcome.Cut, _) => 0.0014m,
                (Outcome.Refused, 1) => 0.00001m,
                (Outcome.Refused, _) => 0.00047m,
                _ => 1,
            },
        });
    }
}

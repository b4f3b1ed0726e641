using AiObs.Soak.Load;
using AiObs.Soak.Reckoning;
using FakeModelServer;

namespace AiObs.Soak.Books;

/// <summary>Says what the server did for one request, in its own words: the script, and how sending it ended.</summary>
internal static class ServedCall
{
    public static IReadOnlyList<Measure> Measures { get; } =
    [
        Measure.ChatsStarted, Measure.ChatsCompleted, Measure.ChatsFailed, Measure.ChatsCancelled, Measure.ChatsAbandoned,
        Measure.EmbeddingsCompleted, Measure.EmbeddingsFailed,
        Measure.InputTokens, Measure.CacheReadTokens, Measure.CacheWriteTokens, Measure.OutputTokens,
        Measure.ExactCosts, Measure.EstimatedCosts, Measure.UnpricedCosts, Measure.ExactAmount,
    ];

    /// <summary>Tells how sending the reply of a fate ends.</summary>
    public static RequestOutcome OutcomeOf(RunFate fate) => fate switch
    {
        RunFate.Cut or RunFate.CutAtOnce => RequestOutcome.Cut,
        RunFate.Cancelled or RunFate.Abandoned => RequestOutcome.Disconnected,
        _ => RequestOutcome.Answered,
    };

    /// <summary>Returns what a request was worth.</summary>
    /// <param name="plan">The plan of the run.</param>
    /// <param name="step">Which of the calls of the run it was.</param>
    /// <param name="fate">What became of it, which is that of the run for the last call.</param>
    public static IEnumerable<Entry> Describe(RunPlan plan, int step, RunFate fate)
    {
        if (plan.Kind == RunKind.Embedding)
        {
            yield return Of(plan, fate == RunFate.Answered ? Measure.EmbeddingsCompleted : Measure.EmbeddingsFailed);
        }
        else
        {
            yield return Of(plan, Measure.ChatsStarted);
            yield return Of(plan, ChatOutcomeOf(fate));
        }

        if (UsageOf(plan, step, fate) is { } usage)
        {
            foreach (var entry in TokenWords.Describe(usage))
            {
                yield return Of(plan, entry.Measure, entry.Amount);
            }
        }

        if (fate == RunFate.Answered || HasBegun(plan, fate))
        {
            yield return Of(plan, CostOf(plan, fate));
        }

        if (fate == RunFate.Answered && KnownPrices.CostOf(plan.Model, plan.Usages[step]) is { } amount)
        {
            yield return Of(plan, Measure.ExactAmount, amount);
        }
    }

    /// <summary>Returns the tokens that the client was told of: at the start of a stream those of the request, with one of the answer, and the rest at its end.</summary>
    private static ModelUsage? UsageOf(RunPlan plan, int step, RunFate fate) =>
        fate == RunFate.Answered ? plan.Usages[step]
        : HasBegun(plan, fate) ? plan.Usages[step] with { OutputTokens = Math.Min(1, plan.Usages[step].OutputTokens) }
        : null;

    /// <summary>Tells whether text got to the client before the end, whose cost can only be estimated.</summary>
    private static bool HasBegun(RunPlan plan, RunFate fate) =>
        plan.IsStreaming && fate is (RunFate.Cut or RunFate.Broken or RunFate.Cancelled or RunFate.Abandoned);


    private static Measure ChatOutcomeOf(RunFate fate) => fate switch
    {
        RunFate.Answered => Measure.ChatsCompleted,
        RunFate.Cancelled => Measure.ChatsCancelled,
        RunFate.Abandoned => Measure.ChatsAbandoned,
        _ => Measure.ChatsFailed,
    };

    private static Measure CostOf(RunPlan plan, RunFate fate) =>
        plan.Model == KnownPrices.Unpriced ? Measure.UnpricedCosts
        : fate == RunFate.Answered ? Measure.ExactCosts
        : Measure.EstimatedCosts;

    private static Entry Of(RunPlan plan, Measure measure, decimal amount = 1) => new(plan.Number, measure, amount);
}

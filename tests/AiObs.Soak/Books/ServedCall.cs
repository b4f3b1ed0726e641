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

        if (ReportedUsage(plan, step, fate) is { } usage)
        {
            yield return Of(plan, Measure.InputTokens, usage.InputTokens);
            yield return Of(plan, Measure.CacheReadTokens, usage.CacheReadTokens);
            yield return Of(plan, Measure.CacheWriteTokens, usage.CacheWriteTokens);
            yield return Of(plan, Measure.OutputTokens, usage.OutputTokens);
            foreach (var entry in DescribeCost(plan, fate, usage))
            {
                yield return entry;
            }
        }
    }

    private static Measure ChatOutcomeOf(RunFate fate) => fate switch
    {
        RunFate.Answered => Measure.ChatsCompleted,
        RunFate.Cancelled => Measure.ChatsCancelled,
        RunFate.Abandoned => Measure.ChatsAbandoned,
        _ => Measure.ChatsFailed,
    };

    /// <summary>Returns the usage that got to the client: all of it with a whole answer, what its first event says with a part of a stream.</summary>
    private static ModelUsage? ReportedUsage(RunPlan plan, int step, RunFate fate)
    {
        if (fate == RunFate.Answered)
        {
            return plan.Usages[step];
        }

        var hasBegun = plan.IsStreaming && fate is (RunFate.Cut or RunFate.Broken or RunFate.Cancelled or RunFate.Abandoned);

        return hasBegun ? plan.Usages[step] with { OutputTokens = Math.Min(1, plan.Usages[step].OutputTokens) } : null;
    }

    private static IEnumerable<Entry> DescribeCost(RunPlan plan, RunFate fate, ModelUsage usage)
    {
        if (KnownPrices.CostOf(plan.Model, usage) is not { } amount)
        {
            yield return Of(plan, Measure.UnpricedCosts);
        }
        else if (fate == RunFate.Answered)
        {
            yield return Of(plan, Measure.ExactCosts);
            yield return Of(plan, Measure.ExactAmount, amount);
        }
        else
        {
            yield return Of(plan, Measure.EstimatedCosts);
        }
    }

    private static Entry Of(RunPlan plan, Measure measure, decimal amount = 1) => new(plan.Number, measure, amount);
}

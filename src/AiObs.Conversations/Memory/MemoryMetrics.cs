using System.Diagnostics;
using System.Diagnostics.Metrics;
using AiObs.Conventions;
using AiObs.Memory;
using AiObs.Store;

namespace AiObs.Conversations.Memory;

/// <summary>Measures what memory does.</summary>
internal sealed class MemoryMetrics
{
    private readonly Histogram<long> _tokens;
    private readonly Counter<long> _dropped;
    private readonly Histogram<double> _contextUsed;

    public MemoryMetrics(Meter meter)
    {
        _tokens = meter.Histogram(
            "aiobs.memory.tokens", "{token}", "Tokens of a conversation before and after memory.", tags: null, new InstrumentAdvice<long> { HistogramBucketBoundaries = [100, 500, 1_000, 5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000] });
        _dropped = meter.Counter<long>("aiobs.memory.dropped", "{message}", "Messages that a model was not shown as they are.");
        _contextUsed = meter.Histogram(
            "aiobs.conversation.context_used", "1", "Share of the model's context window that a turn uses.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 0.75, 0.9, 1, 1.5] });
    }

    public void Record(MemoryResult result)
    {
        _tokens.Record(result.TokensBefore, new TagList { { AiObsAttributes.MemoryPhase, "before" } });
        _tokens.Record(result.TokensAfter, new TagList { { AiObsAttributes.MemoryPhase, "after" } });
        foreach (var group in result.Decisions.Where(static decision => decision is { MessageId: not null, Action: MemoryAction.Dropped or MemoryAction.Summarized or MemoryAction.Trimmed or MemoryAction.Repaired })
            .CountBy(static decision => (decision.Strategy, decision.Action)))
        {
            _dropped.Add(group.Value, new TagList { { AiObsAttributes.MemoryStrategy, group.Key.Strategy ?? "none" }, { AiObsAttributes.MemoryAction, NameOf(group.Key.Action) } });
        }

        if (result.ContextWindow is { } window and > 0)
        {
            _contextUsed.Record((double)result.TokensAfter / window, new TagList { { GenAiAttributes.RequestModel, result.Model } });
        }
    }

    public static string NameOf(MemoryAction action) => action switch
    {
        MemoryAction.Kept => "kept",
        MemoryAction.Pinned => "pinned",
        MemoryAction.Dropped => "dropped",
        MemoryAction.Summarized => "summarized",
        MemoryAction.Trimmed => "trimmed",
        MemoryAction.Injected => "injected",
        _ => "repaired",
    };
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using AiObs.Conventions;
using AiObs.Conversations.Memory;
using AiObs.Store;

namespace AiObs.Conversations.Storing;

/// <summary>Measures what memory and turns do.</summary>
internal sealed class ConversationMetrics(Meter meter)
{
    private readonly Histogram<double> _turns = meter.Histogram(
        "aiobs.turn.duration",
        "s",
        "Time of a turn of a conversation, with what it stores.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300] });

    public MemoryMetrics Memory { get; } = new(meter);

    public void RecordTurn(TurnState state, bool isStreaming, TimeSpan duration) => _turns.Record(
        duration.TotalSeconds, new TagList { { AiObsAttributes.TurnState, NameOf(state) }, { AiObsAttributes.TurnStreaming, isStreaming } });

    public static string NameOf(TurnState state) => state switch
    {
        TurnState.Open => "open",
        TurnState.Completed => "completed",
        TurnState.Failed => "failed",
        TurnState.Cancelled => "cancelled",
        TurnState.Abandoned => "abandoned",
        TurnState.AwaitingTools => "awaiting_tools",
        _ => "refused",
    };
}

using System.Globalization;
using AiObs.Events;
using AiObs.Soak.Load;
using AiObs.Soak.Reckoning;

namespace AiObs.Soak.Books;

/// <summary>Translates events into measures.</summary>
internal static class EventWords
{
    private const string Embeddings = "embeddings";

    public static IReadOnlyList<Measure> Measures { get; } =
    [
        .. ServedCall.Measures, Measure.EstimatedAmount, Measure.Refusals, Measure.Agents, Measure.Tools, Measure.StreamsBegun, Measure.Updates, Measure.Notes,
    ];

    /// <summary>Returns what an event says of its run; nothing when it belongs to none.</summary>
    public static IEnumerable<Entry> Describe(AgentEvent item) => RunText.RunOf(item.ConversationId) is { } run
        ? DescribeOwn(item).Select(entry => new Entry(run, entry.Measure, entry.Amount))
        : [];

    private static IEnumerable<(Measure Measure, decimal Amount)> DescribeOwn(AgentEvent item) => item.Type switch
    {
        AgentEventTypes.MessageSent when TextOf(item, EventDataKeys.Operation) == Embeddings => [],
        AgentEventTypes.MessageSent => [(Measure.ChatsStarted, 1)],
        AgentEventTypes.AgentCompleted => [(Measure.Agents, 1)],
        AgentEventTypes.ResponseReceived or AgentEventTypes.CallFailed => DescribeEnd(item),
        AgentEventTypes.ToolCalled => [(Measure.Tools, 1)],
        AgentEventTypes.PolicyViolation => [(Measure.Refusals, 1)],
        AgentEventTypes.CostRecorded => CostWords.Describe(TextOf(item, EventDataKeys.Completeness), NumberOf(item, EventDataKeys.Amount)),
        RunExecution.NoteType => [(Measure.Notes, 1)],
        _ => [],
    };

    private static IEnumerable<(Measure Measure, decimal Amount)> DescribeEnd(AgentEvent item)
    {
        yield return (OutcomeOf(item), 1);
        yield return (Measure.InputTokens, NumberOf(item, EventDataKeys.InputTokens));
        yield return (Measure.CacheReadTokens, NumberOf(item, EventDataKeys.CacheReadTokens));
        yield return (Measure.CacheWriteTokens, NumberOf(item, EventDataKeys.CacheWriteTokens));
        yield return (Measure.OutputTokens, NumberOf(item, EventDataKeys.OutputTokens));
        if (NumberOf(item, EventDataKeys.Chunks) is > 0 and var chunks)
        {
            yield return (Measure.StreamsBegun, 1);
            yield return (Measure.Updates, chunks);
        }
    }

    private static Measure OutcomeOf(AgentEvent item) => (TextOf(item, EventDataKeys.Operation), TextOf(item, EventDataKeys.Outcome)) switch
    {
        (Embeddings, "completed") => Measure.EmbeddingsCompleted,
        (Embeddings, _) => Measure.EmbeddingsFailed,
        (_, "completed") => Measure.ChatsCompleted,
        (_, "cancelled") => Measure.ChatsCancelled,
        (_, "abandoned") => Measure.ChatsAbandoned,
        _ => Measure.ChatsFailed,
    };

    private static string? TextOf(AgentEvent item, string key) => item.Data.GetValueOrDefault(key) as string;

    private static decimal NumberOf(AgentEvent item, string key) =>
        item.Data.GetValueOrDefault(key) is { } value ? Convert.ToDecimal(value, CultureInfo.InvariantCulture) : 0;
}

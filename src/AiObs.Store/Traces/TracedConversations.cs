namespace AiObs.Store.Traces;

/// <summary>Adds traces of a conversation up.</summary>
internal static class TracedConversations
{
    public static TracedConversation Of(string conversationId, IEnumerable<TraceSummary> traces)
    {
        var newestFirst = traces.OrderBy(static trace => TracePosition.Of(trace, TraceOrder.Newest)).ToArray();
        return new(
            conversationId,
            newestFirst[^1].Time,
            newestFirst[0],
            newestFirst.Length,
            newestFirst.Sum(static trace => trace.CallCount),
            newestFirst.Sum(static trace => trace.ErrorCount),
            newestFirst.Aggregate((long?)null, static (sum, trace) => Tokens.Add(sum, trace.InputTokens)),
            newestFirst.Aggregate((long?)null, static (sum, trace) => Tokens.Add(sum, trace.OutputTokens)));
    }

    public static TracePosition PositionOf(TracedConversation conversation) => TracePosition.Of(conversation.LastTrace, TraceOrder.Newest);
}

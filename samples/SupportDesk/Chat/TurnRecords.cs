using AiObs;
using AiObs.Cost;
using AiObs.Events;
using AiObs.Store;

namespace SupportDesk.Chat;

/// <summary>Reads back what was recorded of an answer: its spans, its costs with their receipts, and its events.</summary>
internal sealed class TurnRecords(AgentObservability observability, IEventLog log, ITraceStore traces, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CostTracking _costs = observability.Costs!;

    /// <summary>Adds up what an answer cost.</summary>
    /// <returns>The sum; null where the store did not take the records in time.</returns>
    public async Task<TurnCost?> SumAsync(Conversation conversation, string traceId, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await _costs.FlushAsync(either.Token);
            var sum = await _costs.Store.SumAsync(CostsOf(conversation, traceId), either.Token);

            return new TurnCost(
                sum.CallCount > 0 && sum.UnpricedCount == sum.CallCount ? null : sum.Total,
                sum is { UnpricedCount: 0, EstimatedCount: 0, PartialCount: 0 },
                sum.CallCount,
                sum.InputTokens,
                sum.OutputTokens);
        }
        catch (Exception exception) when (exception is StoreException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>Returns all that was recorded of an answer, in its order.</summary>
    public async Task<TurnView> ReadAsync(Conversation conversation, string traceId, CancellationToken cancellationToken)
    {
        await _costs.FlushAsync(cancellationToken);
        await observability.Events.FlushAsync(cancellationToken);
        await observability.FlushTracesAsync(cancellationToken);
        var costs = await _costs.Store.ListAsync(CostsOf(conversation, traceId), cancellationToken);
        var events = await log.ListAsync(
            new EventQuery { TraceId = traceId, ConversationId = conversation.Id, UserId = conversation.Visitor, Order = PageOrder.OldestFirst },
            cancellationToken);

        var spans = await traces.ListSpansAsync(
            new SpanQuery { TraceId = traceId, ConversationId = conversation.Id, Order = PageOrder.OldestFirst, PageSize = SpanQuery.MaxPageSize },
            cancellationToken);

        return new TurnView(
            traceId,
            TurnView.TreeOf(spans.Spans, costs.Records),
            [.. costs.Records.Select(static record => new TurnView.Call(record.Model, record.Total, record.Receipt.ToString()))],
            [.. events.Events.Select(static logged => Describe(logged.Event))]);
    }

    // A visitor may choose the trace by a header, and so two turns of a conversation may share one, but nothing of other visitors is in it.
    private static CostQuery CostsOf(Conversation conversation, string traceId) => new()
    {
        TraceId = traceId,
        ConversationId = conversation.Id,
        UserId = conversation.Visitor,
        Order = PageOrder.OldestFirst,
    };

    private static TurnView.Happening Describe(AgentEvent happened) => new(happened.Time, happened.Type, happened.Data);
}

using AiObs.Conventions;
using AiObs.Conversations.Memory;
using AiObs.Conversations.Storing;
using AiObs.Cost.Pricing;
using AiObs.Events;
using AiObs.Memory;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Turns;

/// <summary>Decides what a model is shown of a conversation, and makes the events that tell of it.</summary>
internal sealed class TurnMemory(ConversationView view)
{
    /// <summary>Applies memory; nothing is kept.</summary>
    /// <param name="conversation">The conversation; its branch is the one that is read.</param>
    /// <param name="upTo">The last message of it that counts; <see langword="null"/> for all.</param>
    /// <param name="request">What strategies need to know.</param>
    /// <param name="strategies">The strategies.</param>
    /// <param name="newMessages">What is not stored yet.</param>
    /// <param name="injected">What stands before the history.</param>
    /// <param name="turnId">The turn; by default a new one, which the event of a failure does not name.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="MemoryException">A strategy failed, or what must be kept does not fit.</exception>
    public async ValueTask<MemoryResult> ApplyAsync(
        Conversation conversation,
        long? upTo,
        MemoryRequest request,
        IReadOnlyList<IMemoryStrategy> strategies,
        IReadOnlyList<ChatMessage> newMessages,
        IReadOnlyList<ChatMessage> injected,
        string? turnId,
        CancellationToken cancellationToken)
    {
        var model = request.Model ?? conversation.Model;
        request = request with { Model = model, ContextWindow = request.ContextWindow ?? (model is null ? null : FindContextWindow(model)) };
        using var flow = AgentContext.Begin(conversationId: conversation.Id);
        using var span = view.Observability.Tracer.StartChain("memory.apply", new() { Input = conversation.Id });
        try
        {
            var result = await ReduceAsync(conversation, upTo, request, strategies, newMessages, injected, cancellationToken).ConfigureAwait(false) with { TurnId = turnId ?? Guid.CreateVersion7(view.Now).ToString("N") };
            span.Activity?.SetTag(AiObsAttributes.TurnId, result.TurnId);
            span.Activity?.SetTag(AiObsAttributes.MemoryTokensBefore, result.TokensBefore);
            span.Activity?.SetTag(AiObsAttributes.MemoryTokensAfter, result.TokensAfter);
            view.Metrics.Memory.Record(result);
            return result;
        }
        catch (Exception exception)
        {
            span.Fail(exception, cancellationToken.IsCancellationRequested);
            if (exception is MemoryException failed)
            {
                await view.Events.PostAsync(OfFailure(conversation, turnId, failed.Strategy, failed.InnerException ?? failed), CancellationToken.None).ConfigureAwait(false);
            }

            throw;
        }
    }

    /// <summary>Makes the events that tell of a result.</summary>
    public IReadOnlyList<AgentEvent> EventsOf(Conversation conversation, MemoryResult result, MemoryRecord memory) =>
    [
        .. result.HasChanged ? OfChange(conversation, result.TurnId!, memory) : [],
        .. result.Failures.SelectMany(failure => OfFailure(conversation, result.TurnId!, failure.Strategy, failure.Exception)),
    ];

    private async ValueTask<MemoryResult> ReduceAsync(
        Conversation conversation,
        long? upTo,
        MemoryRequest request,
        IReadOnlyList<IMemoryStrategy> strategies,
        IReadOnlyList<ChatMessage> newMessages,
        IReadOnlyList<ChatMessage> injected,
        CancellationToken cancellationToken)
    {
        var history = await ConversationHistory.ReadAsync(
            view.Store, conversation, upTo, view.Options.JsonOptions, strategies is [var reader, ..] ? reader : null, request, cancellationToken).ConfigureAwait(false);
        MemoryItem[] items =
        [
            .. injected.Select(MemoryItem.Injected),
            .. history.Messages.Select(MemoryItem.Of),
            .. newMessages.Select(MemoryItem.New),
        ];
        var source = new MemorySource
        {
            Tenant = view.Tenant,
            ConversationId = conversation.Id,
            Branch = conversation.Branch,
            Summaries = view.Store as ISummaryStore,
            Clock = view.Clock,
            FindContextWindow = FindContextWindow,
        };
        var result = await MemoryPipeline.ApplyAsync(items, strategies, request, source, cancellationToken).ConfigureAwait(false);
        return history.FirstSequence is not { } first ? result : result with
        {
            Unread = new(1, first - 1, MemoryAction.Dropped, strategies[0].Name, "older than what the strategy keeps, and not read but for pinned and system messages", TokenCount: 0),
        };
    }

    /// <summary>Asks the price table that calls are priced by, which may be newer than that of the package.</summary>
    private int? FindContextWindow(string model) => (view.Observability.Costs?.Table.Now ?? TablePricing.Embedded).FindContextWindow(model);

    private IReadOnlyList<AgentEvent> OfChange(Conversation conversation, string turnId, MemoryRecord memory)
    {
        var changes = memory.Decisions.Where(static range => range is { FirstSequence: not null, Action: not (MemoryAction.Kept or MemoryAction.Pinned) }).ToArray();
        return view.Events.Of(
            AgentEventTypes.MemoryTrimmed,
            conversation,
            view.Now,
            (EventDataKeys.TurnId, turnId),
            (EventDataKeys.Strategies, memory.Decisions.Select(static range => range.Strategy).OfType<string>().Distinct(StringComparer.Ordinal).ToArray()),
            (EventDataKeys.TokensBefore, memory.TokensBefore),
            (EventDataKeys.TokensAfter, memory.TokensAfter),
            (EventDataKeys.Fingerprint, memory.Fingerprint),
            (EventDataKeys.SequenceRanges, changes.GroupBy(static range => MemoryMetrics.NameOf(range.Action))
                .ToDictionary(static group => group.Key, static group => (object?)string.Join(", ", group.Select(static range => range.FirstSequence == range.LastSequence ? $"{range.FirstSequence}" : $"{range.FirstSequence}-{range.LastSequence}")), StringComparer.Ordinal)));
    }

    private IReadOnlyList<AgentEvent> OfFailure(Conversation conversation, string? turnId, string strategy, Exception exception) => view.Events.Of(
        AgentEventTypes.MemoryFailed,
        conversation,
        view.Now,
        (EventDataKeys.TurnId, turnId),
        (EventDataKeys.Strategies, new[] { strategy }),
        (EventDataKeys.ErrorType, exception.GetType().FullName));
}

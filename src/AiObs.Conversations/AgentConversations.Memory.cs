using AiObs.Conversations.Memory;
using AiObs.Conventions;
using AiObs.Cost.Pricing;
using AiObs.Events;
using AiObs.Memory;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations;

/// <content>Memory.</content>
public sealed partial class AgentConversations
{
    /// <summary>Decides what a model is shown of a conversation's present branch, and keeps the decisions on a turn.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="request">The model and what else strategies need to know; by default the model of the conversation.</param>
    /// <param name="strategies">The strategies, in the order in which they work; by default <see cref="ConversationOptions.Memory"/>.</param>
    /// <param name="newMessages">Messages of the present turn that are not stored yet. They come last, and are never dropped.</param>
    /// <param name="injected">Messages that are put before the history, after those of the system, and are not stored.</param>
    /// <param name="turnId">The turn; by default a new one. Give it to <see cref="AddMessagesAsync"/> with the answer, which ends the turn.</param>
    /// <param name="cancellationToken">Cancels it; then nothing is kept.</param>
    /// <returns>What the model is shown, which is always a request that a provider takes, and how that came about.</returns>
    /// <remarks>Calls that strategies make, such as those for summaries, are observed and priced as any other.</remarks>
    /// <exception cref="ConversationNotFoundException">There is no such conversation, or none any more.</exception>
    /// <exception cref="MemoryException">A strategy failed and <see cref="MemoryRequest.OnFailure"/> does not say otherwise, or what must be kept does not fit.</exception>
    /// <exception cref="ConversationConflictException">A turn was named, and others were faster twenty times in a row.</exception>
    public async ValueTask<MemoryResult> ApplyMemoryAsync(
        string conversationId,
        MemoryRequest? request = null,
        IEnumerable<IMemoryStrategy>? strategies = null,
        IEnumerable<ChatMessage>? newMessages = null,
        IEnumerable<ChatMessage>? injected = null,
        string? turnId = null,
        CancellationToken cancellationToken = default)
    {
        var found = await GetAsync(conversationId, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<IMemoryStrategy> work = [.. strategies ?? _options.Memory];
        request ??= new();
        var model = request.Model ?? found.Model;
        request = request with { Model = model, ContextWindow = request.ContextWindow ?? (model is null ? null : FindContextWindow(model)) };
        using var flow = AgentContext.Begin(conversationId: conversationId);
        using var span = _observability.Tracer.StartChain("memory.apply", new() { Input = conversationId });
        try
        {
            var result = await ReduceAsync(found, request, work, [.. newMessages ?? []], [.. injected ?? []], cancellationToken).ConfigureAwait(false);
            result = await KeepAsync(found, result, turnId, cancellationToken).ConfigureAwait(false);
            span.Activity?.SetTag(AiObsAttributes.TurnId, result.TurnId);
            span.Activity?.SetTag(AiObsAttributes.MemoryTokensBefore, result.TokensBefore);
            span.Activity?.SetTag(AiObsAttributes.MemoryTokensAfter, result.TokensAfter);
            _metrics.Record(result);
            return result;
        }
        catch (Exception exception)
        {
            span.Fail(exception, cancellationToken.IsCancellationRequested);
            if (exception is MemoryException failed)
            {
                await _events.PostAsync(OfFailure(found, turnId, failed.Strategy, failed.InnerException ?? failed), CancellationToken.None).ConfigureAwait(false);
            }

            throw;
        }
    }

    private async ValueTask<MemoryResult> ReduceAsync(
        Conversation conversation,
        MemoryRequest request,
        IReadOnlyList<IMemoryStrategy> strategies,
        IReadOnlyList<ChatMessage> newMessages,
        IReadOnlyList<ChatMessage> injected,
        CancellationToken cancellationToken)
    {
        var history = await ConversationHistory.ReadAsync(_store, conversation, _options.JsonOptions, strategies is [var reader, ..] ? reader : null, request, cancellationToken).ConfigureAwait(false);
        MemoryItem[] items =
        [
            .. injected.Select(MemoryItem.Injected),
            .. history.Messages.Select(MemoryItem.Of),
            .. newMessages.Select(MemoryItem.New),
        ];
        var source = new MemorySource
        {
            Tenant = _tenant,
            ConversationId = conversation.Id,
            Branch = conversation.Branch,
            Summaries = _store as ISummaryStore,
            Clock = _observability.Core.Clock,
            FindContextWindow = FindContextWindow,
        };
        var result = await MemoryPipeline.ApplyAsync(items, strategies, request, source, cancellationToken).ConfigureAwait(false);
        return history.FirstSequence is not { } first ? result : result with
        {
            Unread = new(1, first - 1, MemoryAction.Dropped, strategies[0].Name, "older than what the strategy keeps, and not read but for pinned and system messages", TokenCount: 0),
        };
    }

    /// <summary>Asks the price table that calls are priced by, which may be newer than that of the package.</summary>
    private int? FindContextWindow(string model) => (_observability.Costs?.Table.Now ?? TablePricing.Embedded).FindContextWindow(model);

    /// <summary>Keeps decisions on their turn, with the events that tell of them.</summary>
    private async ValueTask<MemoryResult> KeepAsync(Conversation conversation, MemoryResult result, string? turnId, CancellationToken cancellationToken)
    {
        return turnId is null ? await WriteAsync(known: null, version: null).ConfigureAwait(false) : await AgainAsync(
            async version => await WriteAsync(await _store.FindTurnAsync(_tenant, conversation.Id, turnId, cancellationToken).ConfigureAwait(false), version).ConfigureAwait(false),
            conversation,
            cancellationToken).ConfigureAwait(false);

        async ValueTask<MemoryResult> WriteAsync(TurnRecord? known, long? version)
        {
            var now = Now;
            var turn = (known ?? new() { Id = turnId ?? Guid.CreateVersion7(now).ToString("N"), StartedAt = now, Branch = conversation.Branch }) with { Memory = result.ToRecord() };
            IReadOnlyList<AgentEvent> events =
            [
                .. result.HasChanged ? OfMemory(conversation, turn) : [],
                .. result.Failures.SelectMany(failure => OfFailure(conversation, turn.Id, failure.Strategy, failure.Exception)),
            ];
            await CommitAsync(Commit(conversation, events) with { Turn = turn, At = now, ExpectedVersion = version }, cancellationToken).ConfigureAwait(false);
            return result with { TurnId = turn.Id };
        }
    }

    /// <summary>
    /// Does what was made of a turn as it is. Whoever writes the same turn at the same time makes something else of it, and one would undo the other: so the conversation has to be
    /// as it was when the turn was read, and where it is not, all of it is done again.
    /// </summary>
    /// <exception cref="ConversationConflictException">Others were faster twenty times in a row, or something else is in the way.</exception>
    private async ValueTask<T> AgainAsync<T>(Func<long, ValueTask<T>> work, Conversation conversation, CancellationToken cancellationToken)
    {
        var version = conversation.Version;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work(version).ConfigureAwait(false);
            }
            catch (ConversationConflictException) when (attempt < MostAttempts)
            {
                var now = await GetAsync(conversation.Id, cancellationToken).ConfigureAwait(false);
                if (now.Version == version)
                {
                    throw;
                }

                version = now.Version;
            }
        }
    }

    private IReadOnlyList<AgentEvent> OfMemory(Conversation conversation, TurnRecord turn)
    {
        var memory = turn.Memory!;
        var changes = memory.Decisions.Where(static range => range is { FirstSequence: not null, Action: not (MemoryAction.Kept or MemoryAction.Pinned) }).ToArray();
        return _events.Of(
            AgentEventTypes.MemoryTrimmed,
            conversation,
            Now,
            (EventDataKeys.TurnId, turn.Id),
            (EventDataKeys.Strategies, memory.Decisions.Select(static range => range.Strategy).OfType<string>().Distinct(StringComparer.Ordinal).ToArray()),
            (EventDataKeys.TokensBefore, memory.TokensBefore),
            (EventDataKeys.TokensAfter, memory.TokensAfter),
            (EventDataKeys.Fingerprint, memory.Fingerprint),
            (EventDataKeys.SequenceRanges, changes.GroupBy(static range => MemoryMetrics.NameOf(range.Action))
                .ToDictionary(static group => group.Key, static group => (object?)string.Join(", ", group.Select(static range => range.FirstSequence == range.LastSequence ? $"{range.FirstSequence}" : $"{range.FirstSequence}-{range.LastSequence}")), StringComparer.Ordinal)));
    }

    private IReadOnlyList<AgentEvent> OfFailure(Conversation conversation, string? turnId, string strategy, Exception exception) => _events.Of(
        AgentEventTypes.MemoryFailed,
        conversation,
        Now,
        (EventDataKeys.TurnId, turnId),
        (EventDataKeys.Strategies, new[] { strategy }),
        (EventDataKeys.ErrorType, exception.GetType().FullName));

    /// <summary>Ends a turn that its answer is added to.</summary>
    private async ValueTask<TurnRecord?> EndAsync(string? turnId, string conversationId, IReadOnlyList<StoredMessage> messages, CancellationToken cancellationToken)
    {
        if (turnId is null || await _store.FindTurnAsync(_tenant, conversationId, turnId, cancellationToken).ConfigureAwait(false) is not { EndedAt: null } turn || messages[^1].Role != ChatRole.Assistant)
        {
            return null;
        }

        return messages[^1].CallIds.Count > 0 ? turn with { State = TurnState.AwaitingTools } : turn with { State = TurnState.Completed, EndedAt = Now };
    }
}

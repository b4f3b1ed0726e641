using AiObs.Conversations.Guardrails;
using AiObs.Conversations.Storing;
using AiObs.Events;
using AiObs.Guardrails;
using AiObs.Memory;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Turns;

/// <summary>Begins a turn: finds out whether it was answered before or is running, looks at what is new, and stores that with the lease.</summary>
internal sealed class TurnOpening(ConversationView view, TurnRequest request, TurnOptions options, GuardrailRunner guardrails, string turnId)
{
    private const int MostAttempts = 20;

    private readonly TurnMemory _memory = new(view);
    private readonly TurnPlaces _places = new(view, request);
    private readonly RunningTurns _running = new(view, request.ConversationId);
    private GuardrailResult? _checked;

    /// <summary>Begins the turn.</summary>
    /// <exception cref="ConversationNotFoundException">There is no such conversation and none may be created, or there is none any more.</exception>
    /// <exception cref="ConversationBusyException">A turn is running.</exception>
    /// <exception cref="GuardrailException">What is new was refused, now or before.</exception>
    /// <exception cref="ConversationConflictException">Others were faster twenty times in a row.</exception>
    public async ValueTask<TurnStart> OpenAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ;)
        {
            var conversation = await FindAsync(cancellationToken).ConfigureAwait(false);
            var known = conversation.Version == 0 || request.TurnId is null ? null : await view.Store.FindTurnAsync(view.Tenant, conversation.Id, turnId, cancellationToken).ConfigureAwait(false);
            if (TurnReplay.Of(view, request, conversation, known) is { } replay)
            {
                return new(Turn: null, replay);
            }

            var others = conversation.Version == 0 ? [] : await _running.FindAsync(cancellationToken).ConfigureAwait(false);
            if (others.FirstOrDefault(other => options.Concurrency != TurnConcurrency.Branch || other.Id == turnId) is { } running)
            {
                await _running.WaitAsync(running, options.Concurrency, cancellationToken).ConfigureAwait(false);
                continue;
            }

            try
            {
                return await OpenAsync(conversation, known, others, cancellationToken).ConfigureAwait(false);
            }
            catch (ConversationConflictException conflict) when (attempt < MostAttempts && conflict.ActualVersion != conversation.Version)
            {
                // Somebody else has written meanwhile, and the model is to be shown what is there.
                attempt++;
            }
        }
    }

    private async ValueTask<Conversation> FindAsync(CancellationToken cancellationToken)
    {
        var found = await view.Store.FindAsync(view.Tenant, request.ConversationId, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return options.CreateIfMissing ? view.New(new() { Id = request.ConversationId }) : throw new ConversationNotFoundException(request.ConversationId);
        }

        return view.OwnOrNull(found) ?? throw new ConversationNotFoundException(request.ConversationId);
    }

    private async ValueTask<TurnStart> OpenAsync(Conversation conversation, TurnRecord? known, IReadOnlyList<TurnRecord> others, CancellationToken cancellationToken)
    {
        var place = await _places.FindAsync(conversation, known, others, cancellationToken).ConfigureAwait(false);
        var continuation = known is { State: not TurnState.AwaitingTools } ? known.ContinuationToken : null;
        var memory = continuation is not null ? null : await _memory.ApplyAsync(
            conversation with { Branch = place.Branch },
            place.UpTo,
            Requested(conversation),
            options.Strategies ?? [.. view.Options.Memory],
            place.Messages,
            request.Instructions,
            turnId,
            cancellationToken).ConfigureAwait(false);
        var record = (known ?? new() { Id = turnId, StartedAt = view.Now }) with
        {
            State = TurnState.Open,
            Branch = place.Forks ? conversation.BranchCount : place.Branch,
            EndedAt = null,
            ErrorType = null,
            Response = null,
            LeaseUntil = view.Now + view.Options.TurnLease,
            Memory = memory?.ToRecord() ?? known?.Memory,
            ContinuationToken = continuation,
        };
        var sent = memory?.Messages ?? [];
        var added = place.Messages;
        if (added.Count > 0)
        {
            var isAdded = added.ToHashSet(ReferenceEqualityComparer.Instance);
            _checked ??= await guardrails.CheckAsync(
                new(GuardrailStages.Input, added) { History = [.. sent.Where(message => !isAdded.Contains(message))], Options = options.ChatOptions }, cancellationToken).ConfigureAwait(false);
            record = record with { Findings = TurnFindings.ToStored(_checked.Findings) };
            if (_checked.Refusal is { } refusal)
            {
                await RefuseAsync(conversation, place, record, refusal, cancellationToken).ConfigureAwait(false);
                throw new GuardrailException(refusal);
            }

            var left = await ToolResultGuard.CheckAsync(_checked.Messages, guardrails, cancellationToken).ConfigureAwait(false);
            sent = Replaced(sent, added, left);
            added = left;
        }

        var turn = await CommitAsync(conversation, place, record, memory, added, cancellationToken).ConfigureAwait(false);
        return new(
            new OpenTurn(turn.Conversation, turn.Record)
            {
                Sent = sent,
                Question = turn.Question,
                Memory = memory,
                Findings = _checked?.Findings ?? [],
                ReplacesId = request.RegenerateMessageId,
                IsBeside = place.IsBeside,
            },
            Replay: null)
        {
            Continuation = Background.Read(continuation),
        };
    }

    private async ValueTask<(Conversation Conversation, TurnRecord Record, IReadOnlyList<StoredMessage> Question)> CommitAsync(
        Conversation conversation, TurnPlace place, TurnRecord record, MemoryResult? memory, IReadOnlyList<ChatMessage> added, CancellationToken cancellationToken)
    {
        var isNew = conversation.Version == 0;
        record = record with { QuestionSequence = added.Count > 0 ? conversation.MessageCount + added.Count : place.UpTo };
        var made = added.Select((message, index) => view.Messages.Of(message, turnId: turnId) is var (stored, said) && index == 0 ? (stored with { ReplacesId = place.EditedId }, said) : (stored, said)).ToArray();
        var (messages, events) = view.Events.OfMessages(conversation, made, view.Now);
        var commit = view.Commit(
            conversation,
            [
                .. isNew ? view.Events.Of(AgentEventTypes.ConversationCreated, conversation, view.Now) : [],
                .. events,
                .. memory is null ? [] : _memory.EventsOf(conversation, memory, record.Memory!),
            ]) with
        {
            Create = isNew ? conversation : null,
            ExpectedVersion = conversation.Version,
            Messages = messages,
            Turn = record,
            Fork = place.Forks ? new(place.Branch, place.UpTo ?? 0) : null,
            Branch = place.Forks ? null : place.Branch,
            MakesCurrent = place.Forks && !place.IsBeside,
        };
        var result = await view.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
        if (result.IsReplay)
        {
            throw new ConversationConflictException(
                $"The conversation '{conversation.Id}' has these messages already. Whoever tries a turn again gives its {nameof(TurnRequest.TurnId)}; what is new has ids of its own, or none.", result.Version);
        }

        return (TurnConversation.After(conversation, commit, result), record, [.. messages.Zip(result.Sequences, (message, sequence) => message with { Sequence = sequence, Version = result.Version, Branch = result.Branch })]);
    }

    private async ValueTask RefuseAsync(Conversation conversation, TurnPlace place, TurnRecord record, GuardrailFinding refusal, CancellationToken cancellationToken)
    {
        var now = view.Now;
        var isNew = conversation.Version == 0;
        var made = options.KeepsRefused
            ? place.Messages.Select(message => view.Messages.Of(message, turnId: turnId) is var (stored, said) ? (stored with { Status = MessageStatus.Refused }, said) : default).ToArray()
            : [];
        var (messages, events) = view.Events.OfRejected(conversation, made, refusal.Policy, refusal.Reason, now);
        record = record with { State = TurnState.Refused, EndedAt = now, LeaseUntil = null, ErrorType = typeof(GuardrailException).FullName, Branch = place.Forks && made.Length == 0 ? place.Branch : record.Branch };
        var forks = place.Forks && made.Length > 0;
        var commit = view.Commit(
            conversation,
            [
                .. isNew ? view.Events.Of(AgentEventTypes.ConversationCreated, conversation, now) : [],
                .. events,
                .. TurnEnding.EventOf(view, conversation, record, forks),
            ]) with
        {
            Create = isNew ? conversation : null,
            ExpectedVersion = conversation.Version,
            Messages = messages,
            Turn = record,
            Fork = forks ? new(place.Branch, place.UpTo ?? 0) : null,
            Branch = forks ? null : place.Branch,
        };
        await view.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
    }

    private MemoryRequest Requested(Conversation conversation)
    {
        var chat = options.ChatOptions;
        var given = options.Memory ?? new();
        return given with
        {
            Model = given.Model ?? chat?.ModelId ?? conversation.Model,
            MaxOutputTokens = given.MaxOutputTokens > 0 ? given.MaxOutputTokens : chat?.MaxOutputTokens ?? 0,
            ReservedTokens = given.ReservedTokens > 0 ? given.ReservedTokens : RequestOverhead.Of(chat, given),
        };
    }

    /// <summary>Puts what guardrails have left of messages in the place of these.</summary>
    private static IReadOnlyList<ChatMessage> Replaced(IReadOnlyList<ChatMessage> sent, IReadOnlyList<ChatMessage> old, IReadOnlyList<ChatMessage> left)
    {
        var byOld = new Dictionary<ChatMessage, ChatMessage>(ReferenceEqualityComparer.Instance);
        foreach (var (before, after) in old.Zip(left))
        {
            byOld[before] = after;
        }

        return [.. sent.Select(message => byOld.GetValueOrDefault(message, message))];
    }
}

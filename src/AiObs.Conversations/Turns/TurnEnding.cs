using AiObs.Conversations.Storing;
using AiObs.Events;
using AiObs.Guardrails;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Turns;

/// <summary>Stores what came of a turn, whoever has given up meanwhile: the answer is paid.</summary>
internal sealed class TurnEnding(ConversationView view, OpenTurn turn, TurnOptions options)
{
    private const int MostAttempts = 20;

    /// <summary>Stores what came of the turn.</summary>
    /// <param name="state">How it stands.</param>
    /// <param name="response">The answer, in the form of a streamed one; of one that broke off, what was delivered.</param>
    /// <param name="continuation">What the answer is asked for again with, where it is made in the background.</param>
    /// <param name="exception">What ended it.</param>
    /// <exception cref="TimeoutException">It took longer than the options allow.</exception>
    public async Task<TurnResult> SaveAsync(TurnState state, ChatResponse response, string? continuation, Exception? exception)
    {
        using var timeout = new CancellationTokenSource(view.Options.SaveTimeout, view.Clock);
        var status = state is TurnState.Completed or TurnState.AwaitingTools ? MessageStatus.Complete : exception is GuardrailException ? MessageStatus.Refused : MessageStatus.Partial;
        var keeps = (status, state) switch
        {
            (_, TurnState.Open) => false,
            (MessageStatus.Partial, _) => options.PartialAnswers != PartialAnswers.Discard,
            (MessageStatus.Refused, _) => options.KeepsRefused,
            _ => true,
        };
        var made = keeps ? TurnAnswer.Of(view, turn, response, status) : [];
        var record = turn.Record with
        {
            State = state,
            EndedAt = state == TurnState.Open ? null : view.Now,
            LeaseUntil = null,
            Response = state is TurnState.Completed or TurnState.AwaitingTools ? TurnResponseJson.Write(response, made.Select(static pair => pair.Stored)) : null,
            ContinuationToken = continuation,
            ErrorType = exception?.GetType().FullName,
            Findings = TurnFindings.ToStored(turn.Findings),
        };
        var isHidden = status == MessageStatus.Partial && options.PartialAnswers == PartialAnswers.KeepHidden && made.Count > 0;
        return await CommitAsync(record, made, response, exception as GuardrailException, isHidden, timeout.Token).AsTask().WaitAsync(timeout.Token).ConfigureAwait(false);
    }

    /// <summary>Makes the event that tells how a turn has ended; none where it has not.</summary>
    public static IReadOnlyList<AgentEvent> EventOf(ConversationView view, Conversation conversation, TurnRecord record, bool hasDiverged)
    {
        if (record.State == TurnState.Open)
        {
            return [];
        }

        var now = view.Now;
        return
        [
            .. view.Events.Of(
                record.State is TurnState.Completed or TurnState.AwaitingTools ? AgentEventTypes.TurnCompleted : AgentEventTypes.TurnFailed,
                conversation,
                now,
                (EventDataKeys.TurnId, record.Id),
                (EventDataKeys.Outcome, ConversationMetrics.NameOf(record.State)),
                (EventDataKeys.Branch, record.Branch),
                (EventDataKeys.ErrorType, record.ErrorType)),
            .. hasDiverged ? view.Events.Of(AgentEventTypes.TurnDiverged, conversation, now, (EventDataKeys.TurnId, record.Id), (EventDataKeys.Branch, record.Branch)) : [],
        ];
    }

    private async ValueTask<TurnResult> CommitAsync(
        TurnRecord record, IReadOnlyList<(StoredMessage Stored, ChatMessage Said)> made, ChatResponse response, GuardrailException? refusal, bool isHidden, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var hasMoved = turn.HasOthers && made.Count > 0 && (turn.IsLost || await OpenTurnRead.HasMovedAsync(view, turn, cancellationToken).ConfigureAwait(false));
            try
            {
                return await CommitAsync(record, made, response, refusal, isHidden, hasMoved, cancellationToken).ConfigureAwait(false);
            }
            catch (ConversationConflictException conflict) when (attempt < MostAttempts && conflict.ActualVersion != turn.Conversation.Version)
            {
                await OpenTurnRead.RefreshAsync(view, turn, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<TurnResult> CommitAsync(
        TurnRecord record,
        IReadOnlyList<(StoredMessage Stored, ChatMessage Said)> made,
        ChatResponse response,
        GuardrailException? refusal,
        bool isHidden,
        bool hasMoved,
        CancellationToken cancellationToken)
    {
        var conversation = turn.Conversation;
        var forks = hasMoved || isHidden;
        record = forks ? record with { Branch = conversation.BranchCount } : record;
        var (messages, events) = refusal is null
            ? view.Events.OfMessages(conversation, made, view.Now)
            : view.Events.OfRejected(conversation, made, refusal.Finding.Policy, refusal.Finding.Reason, view.Now);
        var commit = view.Commit(conversation, [.. events, .. EventOf(view, conversation, record, hasMoved)]) with
        {
            ExpectedVersion = conversation.Version,
            Messages = messages,
            Fork = forks ? new(turn.Record.Branch, turn.Record.QuestionSequence ?? 0) : null,
            Branch = forks ? null : turn.Record.Branch,

            // Whoever has taken the turn over says what comes of it.
            Turn = turn.IsLost ? null : record,
        };
        if (turn.IsLost && made.Count == 0)
        {
            return ResultOf(record, conversation, [], response, hasMoved);
        }

        var result = await view.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
        turn.Conversation = TurnConversation.After(conversation, commit, result);
        return ResultOf(
            record,
            turn.Conversation,
            [.. messages.Zip(result.Sequences, (message, sequence) => message with { Sequence = sequence, Version = result.Version, Branch = result.Branch })],
            response,
            hasMoved);
    }

    private TurnResult ResultOf(TurnRecord record, Conversation conversation, IReadOnlyList<StoredMessage> answer, ChatResponse response, bool hasMoved) => new()
    {
        Response = response,
        TurnId = record.Id,
        Conversation = conversation,
        State = record.State,
        HasDiverged = hasMoved || turn.IsBeside,
        Branch = record.Branch,
        Messages = [.. turn.Question, .. answer],
        Memory = turn.Memory,
        Findings = turn.Findings,
        Costs = turn.Costs,
    };
}

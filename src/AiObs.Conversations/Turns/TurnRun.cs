using AiObs.Conventions;
using AiObs.Conversations.Guardrails;
using AiObs.Conversations.Storing;
using AiObs.Cost;
using AiObs.Guardrails;
using AiObs.Operations;
using AiObs.Store;
using AiObs.Tracing;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Turns;

/// <summary>Does a turn: begins it, asks the model and stores what came of it, plain or as a stream.</summary>
internal sealed partial class TurnRun
{
    private readonly ConversationView _view;
    private readonly TurnRequest _request;
    private readonly TurnOptions _options;
    private readonly IChatClient _client;
    private readonly GuardrailRunner _guardrails;
    private readonly string _turnId;
    private readonly bool _isStreaming;
    private long _startedAt;
    private IDisposable? _scope;
    private Gathering<GuardrailFinding>? _findings;
    private Gathering<CostRecord>? _costs;
    private AgentSpan<StepStop>? _span;
    private OpenTurn? _turn;
    private LeaseRenewal? _lease;
    private TurnState _state = TurnState.Failed;
    private ChatResponse? _refused;

    /// <exception cref="ArgumentException">The request contradicts itself.</exception>
    /// <exception cref="InvalidOperationException">There is no client.</exception>
    public TurnRun(ConversationView view, TurnRequest request, bool isStreaming)
    {
        ThrowIfWrong(request);
        _view = view;
        _request = request;
        _options = request.Options ?? new();
        _client = _options.Client ?? view.FindClient() ?? throw new InvalidOperationException(
            $"There is no client to answer the turn. Register an {nameof(IChatClient)}, or set {nameof(TurnOptions)}.{nameof(TurnOptions.Client)}. Nothing was stored.");
        _guardrails = new(view.Observability, [.. _options.Guardrails ?? [.. view.Options.Guardrails]]);
        OutputGuard.ThrowIfToolsAreUnguarded(_client, _options.ChatOptions, _guardrails);
        _turnId = request.TurnId ?? Guid.CreateVersion7(view.Now).ToString("N");
        _isStreaming = isStreaming;
    }

    private bool ChecksOutput => _guardrails.LooksAt(GuardrailStages.Output);

    /// <summary>Does the turn with a plain call.</summary>
    public async Task<TurnResult> RunAsync(CancellationToken cancellationToken)
    {
        Enter();
        try
        {
            var start = await OpenAsync(cancellationToken).ConfigureAwait(false);
            return Ended(start.Replay ?? await AskAsync(start, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            Failed(exception, cancellationToken);
            throw;
        }
    }

    private static void ThrowIfWrong(TurnRequest request)
    {
        ArgumentException.ThrowIfNullOrEmpty(request.ConversationId, nameof(request));
        if (request.RegenerateMessageId is not null && (request.EditMessageId is not null || request.Messages.Count > 0))
        {
            throw new ArgumentException($"An answer that is given anew has no {nameof(request.Messages)}, and nothing is edited with it.", nameof(request));
        }

        if (request is { RegenerateMessageId: null, TurnId: null, Messages.Count: 0 })
        {
            throw new ArgumentException($"The turn has no {nameof(request.Messages)}.", nameof(request));
        }
    }

    /// <summary>Makes scope and span ambient in the flow of whoever calls it.</summary>
    private void Enter()
    {
        _startedAt = _view.Clock.GetTimestamp();
        (_findings, _costs) = (Gathering<GuardrailFinding>.Begin(), Gathering<CostRecord>.Begin());
        _scope = AgentContext.BeginTurn(_request.ConversationId, _view.User, _turnId);
        _span = _view.Observability.Tracer.StartChain("converse", new() { Input = string.Join('\n', _request.Messages.Select(static message => message.Text)) });
        _span.Activity?.SetTag(AiObsAttributes.TurnId, _turnId);
        _span.Activity?.SetTag(AiObsAttributes.TurnStreaming, _isStreaming);
    }

    private async ValueTask<TurnStart> OpenAsync(CancellationToken cancellationToken)
    {
        var start = await new TurnOpening(_view, _request, _options, _guardrails, _turnId).OpenAsync(cancellationToken).ConfigureAwait(false);
        if (start.Turn is { } turn)
        {
            _turn = turn;
            _lease = LeaseRenewal.Of(_view, turn);
        }

        return start;
    }

    private async Task<TurnResult> AskAsync(TurnStart start, CancellationToken cancellationToken)
    {
        ChatResponse response;
        try
        {
            _lease!.IsBusy = true;
            response = await CheckedAsync(await _client.GetResponseAsync(start.Turn!.Sent, ChatOptionsOf(start), cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await TrySaveFailureAsync(exception, new(), continuation: null, cancellationToken).ConfigureAwait(false);
            throw;
        }

        try
        {
            return await SaveAsync(TurnAnswer.Streamed(response), Background.RunningIn(response)).ConfigureAwait(false) with { Response = response };
        }
        catch (Exception exception)
        {
            throw new TurnSaveException(_turnId, response, exception);
        }
    }

    private ChatOptions? ChatOptionsOf(TurnStart start)
    {
        var chat = _options.ChatOptions?.Clone();
        chat?.ConversationId = null;
#pragma warning disable MEAI001 // Experimental: where it goes away, responses in the background do too.
        if (start.Continuation is { } token)
        {
            chat ??= new();
            chat.ContinuationToken = token;
        }
#pragma warning restore MEAI001
        return chat;
    }

    /// <summary>Lets guardrails look at an answer.</summary>
    /// <exception cref="GuardrailException">They refuse it.</exception>
    private async ValueTask<ChatResponse> CheckedAsync(ChatResponse response, CancellationToken cancellationToken)
    {
        if (!ChecksOutput)
        {
            return response;
        }

        response = TurnAnswer.Streamed(response);
        var request = new GuardrailRequest(GuardrailStages.Output, [.. response.Messages]) { History = _turn!.Sent, Options = _options.ChatOptions };
        var result = await _guardrails.CheckAsync(request, cancellationToken).ConfigureAwait(false);
        _turn.Findings = [.. _turn.Findings, .. result.Findings];
        if (result.Refusal is { } refusal)
        {
            _refused = response;
            throw new GuardrailException(refusal);
        }

        response.Messages = [.. result.Messages];
        return response;
    }

    /// <summary>Stores an answer.</summary>
    /// <param name="response">The answer, in the form of a streamed one.</param>
    /// <param name="continuation">What it is asked for again with, where it is not there yet.</param>
    private async ValueTask<TurnResult> SaveAsync(ChatResponse response, string? continuation)
    {
        _view.ProviderHistory.Note(response.ConversationId);
        var state = continuation is not null ? TurnState.Open : TurnAnswer.AwaitsCaller(response) ? TurnState.AwaitingTools : TurnState.Completed;
        return await SaveAsync(state, response, continuation, exception: null).ConfigureAwait(false);
    }

    /// <summary>Stores that the turn has failed; what it failed with goes to the caller, whether or not that works.</summary>
    private async ValueTask<TurnResult?> TrySaveFailureAsync(Exception exception, ChatResponse delivered, string? continuation, CancellationToken cancellationToken)
    {
        try
        {
            if (exception is GuardrailException { Finding: var finding } && !_turn!.Findings.Contains(finding))
            {
                _turn.Findings = [.. _turn.Findings, finding];
            }

            return await SaveAsync(StateOf(exception, cancellationToken), _refused ?? delivered, continuation, exception).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Its own failure must not take the place of what the caller is to hear of.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _view.Observability.Core.Logger.TurnNotStored(_turnId, ConversationMetrics.NameOf(_state), failure.GetType().FullName, failure.StackTrace);
            return null;
        }
    }

    private async ValueTask<TurnResult> SaveAsync(TurnState state, ChatResponse response, string? continuation, Exception? exception)
    {
        _state = state;
        response.Messages = [.. await ToolResultGuard.CheckAsync([.. response.Messages], _guardrails, CancellationToken.None).ConfigureAwait(false)];

        // Those of the turn may have been told before: what a rule has said of the very same message is not told again.
        _turn!.Findings = [.. _findings!.Items.Union<GuardrailFinding>(_turn.Findings, ReferenceEqualityComparer.Instance)];
        _turn.Costs = _costs!.Items;
        await _lease!.DisposeAsync().ConfigureAwait(false);
        return await new TurnEnding(_view, _turn, _options).SaveAsync(state, response, continuation, exception).ConfigureAwait(false);
    }

    private static TurnState StateOf(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        CallRefusedException or GuardrailException => TurnState.Refused,
        OperationCanceledException when cancellationToken.IsCancellationRequested => TurnState.Cancelled,
        StreamLeftException => TurnState.Abandoned,
        _ => TurnState.Failed,
    };

    private TurnResult Ended(TurnResult result)
    {
        var activity = _span!.Activity;
        activity?.SetTag(AiObsAttributes.TurnReplayed, result.IsReplay);
        activity?.SetTag(AiObsAttributes.TurnDiverged, result.HasDiverged);
        if (_span.IsTraced)
        {
            _span.SetResult(new() { Output = result.Text });
        }

        Leave(result.State);
        return result;
    }

    private void Failed(Exception exception, CancellationToken cancellationToken)
    {
        var state = exception is TurnSaveException ? TurnState.Failed : StateOf(exception, cancellationToken);
        _span!.Fail(exception, state == TurnState.Cancelled);
        Leave(state);
    }

    private void Leave(TurnState state)
    {
        _span!.Activity?.SetTag(AiObsAttributes.TurnState, ConversationMetrics.NameOf(state));
        _span.Dispose();
        _scope!.Dispose();
        _costs!.Dispose();
        _findings!.Dispose();
        _view.Metrics.RecordTurn(state, _isStreaming, _view.Clock.GetElapsedTime(_startedAt));
    }
}

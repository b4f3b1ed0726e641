using System.Runtime.CompilerServices;
using AiObs.Conversations.Storing;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Turns;

/// <content>Streams.</content>
internal sealed partial class TurnRun
{
    private readonly List<ChatResponseUpdate> _delivered = [];
    private readonly TaskCompletionSource<TurnResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ExecutionContext? _flow;
    private IAsyncEnumerator<ChatResponseUpdate>? _updates;
    private TurnResult? _replay;
    private bool _isChecked;
    private string? _continuation;

    /// <summary>Gets what comes of a stream, once it has ended.</summary>
    public Task<TurnResult> Result => _result.Task;

    /// <summary>Does the turn as a stream.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> StreamAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            await BeginAsync(cancellationToken).ConfigureAwait(false);
            while (await MoveAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return _updates!.Current;
            }
        }
        finally
        {
            await LeaveStreamAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        Enter();
        _flow = ExecutionContext.Capture();
        try
        {
            var start = await OpenAsync(cancellationToken).ConfigureAwait(false);
            _replay = start.Replay;
            var updates = _replay is null ? AskStreamingAsync(start, cancellationToken) : _replay.Response.ToChatResponseUpdates().ToAsyncEnumerable();
            _updates = updates.GetAsyncEnumerator(cancellationToken);
        }
        catch (Exception exception)
        {
            End(exception, saved: null, cancellationToken);
            throw;
        }
    }

    /// <summary>Waits for the next update, in the flow of the turn.</summary>
    private async ValueTask<bool> MoveAsync(CancellationToken cancellationToken)
    {
        if (_flow is not null)
        {
            ExecutionContext.Restore(_flow);
        }

        try
        {
            _lease?.IsBusy = true;
            if (await _updates!.MoveNextAsync().ConfigureAwait(false))
            {
                await NoteAsync(_updates.Current).ConfigureAwait(false);
                return true;
            }
        }
        catch (Exception exception)
        {
            var saved = _turn is null ? null : await TrySaveFailureAsync(exception, _delivered.ToChatResponse(), _continuation, cancellationToken).ConfigureAwait(false);
            End(exception, saved, cancellationToken);
            throw;
        }
        finally
        {
            _lease?.IsBusy = false;
        }

        await CompleteAsync().ConfigureAwait(false);
        return false;
    }

    private async ValueTask NoteAsync(ChatResponseUpdate update)
    {
        if (_turn is null)
        {
            return;
        }

        _delivered.Add(update);
        var isFirst = _continuation is null;
        _continuation = Background.After(update);
        if (_continuation is not null)
        {
            _turn.Record = _turn.Record with { ContinuationToken = _continuation };
            if (isFirst)
            {
                // From now on anybody can ask for it.
                await _lease!.RenewAsync().ConfigureAwait(false);
            }
        }
    }

    private async ValueTask CompleteAsync()
    {
        if (_replay is not null)
        {
            _result.TrySetResult(Ended(_replay));
            return;
        }

        var response = _delivered.ToChatResponse();
        try
        {
            if (!_isChecked)
            {
                _turn!.Findings = [.. _turn.Findings, .. await OutputGuard.WatchAsync(response, _turn.Sent, _view.Observability, _guardrails).ConfigureAwait(false)];
            }

            _result.TrySetResult(Ended(await SaveAsync(response, response.FinishReason is null ? _continuation : null).ConfigureAwait(false)));
        }
#pragma warning disable CA1031 // The answer was delivered: the result says that it could not be stored.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _view.Observability.Core.Logger.TurnNotStored(_turnId, ConversationMetrics.NameOf(_state), exception.GetType().FullName, exception.StackTrace);
            _result.TrySetResult(Unsaved(response, exception));
            Failed(exception, CancellationToken.None);
        }
    }

    private TurnResult Unsaved(ChatResponse response, Exception exception) => new()
    {
        Response = response,
        TurnId = _turnId,
        Conversation = _turn!.Conversation,
        State = TurnState.Failed,
        Branch = _turn.Record.Branch,
        Messages = _turn.Question,
        Memory = _turn.Memory,
        Findings = _turn.Findings,
        Costs = _turn.Costs,
        SaveError = exception,
    };

    private async IAsyncEnumerable<ChatResponseUpdate> AskStreamingAsync(TurnStart start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (start.Continuation is null)
        {
            var client = OutputGuard.Of(_client, _view.Observability, _guardrails);
            await foreach (var update in client.GetStreamingResponseAsync(start.Turn!.Sent, ChatOptionsOf(start), cancellationToken).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                yield return update;
            }

            yield break;
        }

        // A stream that is taken up again begins where it broke off; the whole answer is had in one piece.
        var response = await _client.GetResponseAsync(start.Turn!.Sent, ChatOptionsOf(start), cancellationToken).ConfigureAwait(false);
        var running = Background.RunningIn(response);
        foreach (var update in (await CheckedAsync(response, cancellationToken).ConfigureAwait(false)).ToChatResponseUpdates())
        {
            yield return update;
        }

        _isChecked = true;
        _continuation = running;
    }

    private void End(Exception exception, TurnResult? saved, CancellationToken cancellationToken)
    {
        if (exception is StreamLeftException && (saved ?? _replay) is { } result)
        {
            _result.TrySetResult(Ended(result));
            return;
        }

        _result.TrySetException(exception);
        _ = _result.Task.Exception;
        Failed(exception, cancellationToken);
    }

    /// <summary>Stores what was delivered of a stream that its consumer has left; does nothing where it has ended.</summary>
    private async ValueTask LeaveStreamAsync()
    {
        if (_flow is not null)
        {
            ExecutionContext.Restore(_flow);
        }

        try
        {
            if (_updates is not null)
            {
                await _updates.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            if (!_result.Task.IsCompleted)
            {
                var left = new StreamLeftException();
                var saved = _turn is null ? null : await TrySaveFailureAsync(left, _delivered.ToChatResponse(), _continuation, CancellationToken.None).ConfigureAwait(false);
                End(left, saved, CancellationToken.None);
            }
        }
    }
}

using System.Text.Json;
using AiObs.Chat;
using AiObs.Cost.Budgets;
using AiObs.Cost.Budgets.Streams;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.OpenAI.Wire;

/// <summary>A chat that is answered by a stream of events.</summary>
internal sealed class StreamedChatCall : WireCall
{
    private readonly ChatOperation _operation;
    private readonly ChatStreamObservation _observation;
    private readonly ChatProtocol _protocol;
    private readonly ChatRecorder _recorder;
    private readonly BackgroundResponses _background;
    private readonly bool _runsInBackground;
    private readonly ChatEventReader _events;
    private readonly Faults _faults;
    private readonly StreamAllowance? _allowance;
    private WireError? _error;
    private string? _responseId;
    private bool _isOver;
    private bool _isNext = true;

    private StreamedChatCall(
        ChatOperation operation,
        ChatStreamObservation observation,
        ChatProtocol protocol,
        ChatRecorder recorder,
        BackgroundResponses background,
        bool runsInBackground,
        WireDetails details)
        : base(operation, details)
    {
        _runsInBackground = runsInBackground;
        _operation = operation;
        _recorder = recorder;
        _background = background;
        _observation = observation;
        _protocol = protocol;
        _faults = recorder.Pipeline.Faults;
        _allowance = _faults.Get("budget", operation, static operation => operation.Costs?.Tracking.AllowanceOf(operation));
        _events = protocol.ReadEvents(
            keepsContent: recorder.RecordsContent || operation.Costs is not null,
            keepsCalls: operation.FindAgentRun() is not null);
    }

    public override bool IsStreamed => true;

    public override bool IsOver => _isOver;

    public override bool IsExhausted => _allowance is { IsExhausted: true };

    /// <summary>Starts the operation of a request; <see langword="null"/> where that went wrong.</summary>
    /// <exception cref="BudgetExceededException">A budget refuses the call.</exception>
    public static StreamedChatCall? Start(
        ChatProtocol protocol, WireRequest request, ChatRecorder recorder, BackgroundResponses background)
    {
        var observation = new ChatStreamObservation(recorder);
        return observation.Start(request.Messages, request.Options) is ChatOperation operation
            ? new StreamedChatCall(
                operation, observation, protocol, recorder, background, request.RunsInBackground, WireProperties.DetailsOf(protocol, request))
            : null;
    }

    public override void BeforeRead(bool isThere)
    {
        if (_isNext)
        {
            _isNext = false;
            _observation.Timer?.Start();
        }

        if (!isThere)
        {
            // Bytes come from a socket, so there is a wait to be timed.
            _observation.Timer?.Wait();
        }
    }

    public override void Take(ReadOnlyMemory<byte> data)
    {
        if (_isOver)
        {
            return;
        }

        if (data.Span.SequenceEqual("[DONE]"u8))
        {
            _isOver = true;
            return;
        }

        using var document = JsonDocument.Parse(data);
        var taken = _events.Read(document.RootElement);
        Note(taken.Update, taken.CallPiece);
        _error = taken.Error;
        _isOver = taken.IsLast || _error is not null;
    }

    /// <summary>Takes the usage alone: it is what is to be paid, whether the caller wanted all of it or not.</summary>
    public override void Skim(ReadOnlyMemory<byte> data)
    {
        if (data.Span.SequenceEqual("[DONE]"u8))
        {
            return;
        }

        using var document = JsonDocument.Parse(data);
        _operation.Usage = _protocol.ReadUsed(document.RootElement) ?? _operation.Usage;
    }

    /// <summary>Takes a whole response: some servers answer so although they were asked for a stream.</summary>
    public override void End(ReadOnlyMemory<byte> body)
    {
        _faults.Run("openai", (Call: this, body), static state => state.Call.TakeWhole(state.body));
        EndStream();
    }

    public override void EndStream()
    {
        if (!_isOver && !IsExhausted)
        {
            // It broke off, and the caller may take it up again.
            KeepRunning();
        }

        NoteUnfinished();
        if (_error is { } error)
        {
            Details.ErrorType = error.Type;
            _observation.Fail(error.Exception, callerCancelled: false);
        }
        else
        {
            _observation.Complete();
        }
    }

    public override void Fail(Exception exception, bool callerCancelled)
    {
        KeepRunning();
        NoteUnfinished();
        _observation.Fail(exception, callerCancelled);
    }

    public override void Abandon()
    {
        KeepRunning();
        NoteUnfinished();
        _observation.Abandon();
    }

    public override void Cut() => _faults.Run("budget", _allowance!, static allowance => allowance.Cut());

    /// <summary>Returns what an update takes of a budget: of tool calls the pieces as they come, as a call that is whole has been taken by then.</summary>
    private static ChatResponseUpdate Metered(ChatResponseUpdate update, string? callPiece)
    {
        if (string.IsNullOrEmpty(callPiece) && !update.Contents.Any(static content => content is FunctionCallContent))
        {
            return update;
        }

        return new ChatResponseUpdate
        {
            FinishReason = update.FinishReason,
            Contents = [.. update.Contents.Where(static content => content is not FunctionCallContent), new TextContent(callPiece)],
        };
    }

    /// <summary>Notes what was delivered of tool calls that are not on any update.</summary>
    private void NoteUnfinished()
    {
        if (_operation.Costs is { } costs && _operation.Usage?.Output is null)
        {
            costs.Delivered = _events.Unfinished;
        }
    }

    /// <summary>Follows a response that runs on although nobody reads it any more.</summary>
    private void KeepRunning()
    {
        if (_runsInBackground && _responseId is not null && _operation.Usage is null)
        {
            Keep("in_progress");
        }
    }

    private void Keep(string status)
    {
        Details.ResponseStatus = status;
        _background.Keep(_responseId, _operation, _recorder);
    }

    private void Note(ChatResponseUpdate update, string? callPiece)
    {
        _responseId = update.ResponseId ?? _responseId;
        WireProperties.NoteOn(Details, update.AdditionalProperties);
        _faults.Note(_observation, update);
        _observation.Timer?.Start();
        _isNext = true;
        if (_allowance is not null)
        {
            _faults.Run("budget", (_allowance, update, callPiece), static state => state._allowance.Take(Metered(state.update, state.callPiece)));
        }
    }

    private void TakeWhole(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return;
        }

        using var document = JsonDocument.Parse(body);
        var read = _protocol.ReadResponse(document.RootElement);
        foreach (var update in read.Response.ToChatResponseUpdates())
        {
            Note(update, callPiece: null);
        }

        _error = read.Error;
        _isOver = true;
        if (read.PendingStatus is { } status)
        {
            Keep(status);
        }
    }
}

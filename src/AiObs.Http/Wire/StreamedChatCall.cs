using System.Text.Json;
using AiObs.Chat;
using AiObs.Operations;
using AiObs.Pipeline;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire;

/// <summary>A chat that is answered by a stream of events.</summary>
internal sealed class StreamedChatCall : WireCall
{
    private readonly ChatProtocol _protocol;
    private readonly WireRequest _request;
    private readonly ChatRecorder _recorder;
    private readonly BackgroundResponses _background;
    private readonly ChatStreamObservation _observation;
    private readonly Faults _faults;
    private ChatOperation _operation = null!;
    private ChatEventReader _events = null!;
    private CallTicket? _limit;
    private WireError? _error;
    private string? _responseId;
    private bool _isOver;
    private bool _isNext = true;

    public StreamedChatCall(
        ChatProtocol protocol, WireRequest request, ChatRecorder recorder, BackgroundResponses background, Func<WireError, Exception> toException)
        : base(WireProperties.DetailsOf(protocol, request), toException)
    {
        _protocol = protocol;
        _request = request;
        _recorder = recorder;
        _background = background;
        _observation = new ChatStreamObservation(recorder);
        _faults = recorder.Pipeline.Faults;
    }

    public override bool IsStreamed => true;

    public override bool IsOver => _isOver;

    public override bool IsExhausted => _limit is not null && _faults.Get(CallGates.Part, _limit, static limit => limit.IsExhausted ? limit : null) is not null;

    public override ValueTask AdmitAsync(CancellationToken cancellationToken) =>
        _observation.AdmitAsync(_request.Messages, _request.Options, cancellationToken);

    public override bool Start()
    {
        if (_observation.Start(_request.Messages, _request.Options) is not ChatOperation operation)
        {
            return false;
        }

        _operation = operation;
        _request.NoteOn(operation, _recorder);
        _limit = _recorder.Pipeline.Gates.Limits(operation.Ticket) ? operation.Ticket : null;
        _events = _protocol.ReadEvents(
            keepsContent: _recorder.RecordsContent || operation.Ticket is not null,
            keepsCalls: operation.FindAgentRun() is not null);
        Begin(operation);
        return true;
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
        if (_events.ReadUsed(_protocol, document.RootElement) is { } usage)
        {
            _operation.Usage = usage;
            _operation.HasWholeUsage = usage.Output is not null;
        }
    }

    /// <summary>Takes a whole response: some servers answer so although they were asked for a stream.</summary>
    public override void End(ReadOnlyMemory<byte> body)
    {
        _faults.Run("wire", (Call: this, body), static state => state.Call.TakeWhole(state.body));
        EndStream();
    }

    public override void EndStream()
    {
        if (!_isOver && !IsExhausted)
        {
            // It broke off, and the caller may take it up again.
            KeepRunning();
        }

        NoteChoices();
        if (_error is { } error)
        {
            _observation.Fail(Describe(error), callerCancelled: false);
        }
        else
        {
            _observation.Complete();
        }
    }

    public override void Fail(Exception exception, bool callerCancelled)
    {
        KeepRunning();
        NoteChoices();
        _observation.Fail(exception, callerCancelled);
    }

    public override void Abandon()
    {
        KeepRunning();
        NoteChoices();
        _observation.Abandon();
    }

    public override void Cut() => _operation.EndedBy = _faults.Get(CallGates.Part, _limit, static limit => limit?.Name) ?? CallGates.Part;

    /// <summary>Notes the choices of the stream; a whole response has told its own.</summary>
    private void NoteChoices() => Details.Choices ??= _events.Choices;

    /// <summary>Follows a response that runs on although nobody reads it any more.</summary>
    private void KeepRunning()
    {
        if (_request.RunsInBackground && _responseId is not null && _operation.Usage is null)
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
        if (callPiece is not null && _operation.Ticket is { } ticket)
        {
            // Ahead of the update, which may have the call as a whole.
            _faults.Run(CallGates.Part, (ticket, callPiece), static state => state.ticket.TakePiece(state.callPiece));
        }

        _observation.Take(update, _faults);
        _observation.Timer?.Start();
        _isNext = true;
    }

    private void TakeWhole(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return;
        }

        using var document = JsonDocument.Parse(body);
        var read = _protocol.ReadResponse(document.RootElement);
        Details.Choices = read.Choices;
        _responseId = read.Response.ResponseId;
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

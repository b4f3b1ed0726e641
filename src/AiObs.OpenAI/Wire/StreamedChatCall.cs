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
    private readonly ChatStreamObservation _observation;
    private readonly ChatProtocol _protocol;
    private readonly ChatEventReader _events;
    private readonly Faults _faults;
    private readonly StreamAllowance? _allowance;
    private WireError? _error;
    private bool _isOver;

    private StreamedChatCall(
        ChatOperation operation, ChatStreamObservation observation, ChatProtocol protocol, ChatRecorder recorder, WireDetails details)
        : base(operation, details)
    {
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
    public static StreamedChatCall? Start(ChatProtocol protocol, WireRequest request, ChatRecorder recorder)
    {
        var observation = new ChatStreamObservation(recorder);
        ChatOptions? options = request.Options;
        return observation.Start(request.Messages, ref options).Operation is ChatOperation operation
            ? new StreamedChatCall(operation, observation, protocol, recorder, WireProperties.DetailsOf(protocol, request))
            : null;
    }

    public override void BeforeRead()
    {
        // Bytes come from a socket, so there is a wait to be timed.
        _observation.Timer?.Start();
        _observation.Timer?.Wait();
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
        Note(taken.Update);
        _error = taken.Error;
        _isOver = taken.IsLast || _error is not null;
    }

    /// <summary>Takes a whole response: some servers answer so although they were asked for a stream.</summary>
    public override void End(ReadOnlyMemory<byte> body)
    {
        _faults.Run("openai", (Call: this, body), static state => state.Call.TakeWhole(state.body));
        EndStream();
    }

    public override void EndStream()
    {
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

    public override void Fail(Exception exception, bool callerCancelled) => _observation.Fail(exception, callerCancelled);

    public override void Abandon() => _observation.Abandon();

    public override void Cut() => _faults.Run("budget", _allowance!, static allowance => allowance.Cut());

    private void Note(ChatResponseUpdate update)
    {
        WireProperties.NoteOn(Details, update.AdditionalProperties);
        _faults.Note(_observation, update);
        _observation.Timer?.Start();
        if (_allowance is not null)
        {
            _faults.Run("budget", (_allowance, update), static state => state._allowance.Take(state.update));
        }
    }

    private void TakeWhole(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return;
        }

        using var document = JsonDocument.Parse(body);
        var (response, error) = _protocol.ReadResponse(document.RootElement);
        foreach (var update in response.ToChatResponseUpdates())
        {
            Note(update);
        }

        _error = error;
    }
}

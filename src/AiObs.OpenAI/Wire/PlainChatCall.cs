using System.Text.Json;
using AiObs.Chat;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.OpenAI.Wire;

/// <summary>A chat that is answered as a whole.</summary>
internal sealed class PlainChatCall : WireCall
{
    private readonly ChatOperation _operation;
    private readonly ChatProtocol _protocol;
    private readonly ChatRecorder _recorder;

    private PlainChatCall(ChatOperation operation, ChatProtocol protocol, ChatRecorder recorder, WireDetails details)
        : base(operation, details)
    {
        _operation = operation;
        _protocol = protocol;
        _recorder = recorder;
    }

    /// <summary>Starts the operation of a request; <see langword="null"/> where that went wrong.</summary>
    /// <exception cref="Cost.Budgets.BudgetExceededException">A budget refuses the call.</exception>
    public static PlainChatCall? Start(ChatProtocol protocol, WireRequest request, ChatRecorder recorder) =>
        recorder.Start(request.Messages, request.Options, isStreaming: false).Operation is { } operation
            ? new PlainChatCall(operation, protocol, recorder, WireProperties.DetailsOf(protocol, request))
            : null;

    public override void End(ReadOnlyMemory<byte> body)
    {
        var read = _recorder.Pipeline.Faults.Get("openai", (_protocol, body), static state => Parse(state._protocol, state.body));
        var response = read?.Response ?? new ChatResponse();
        WireProperties.NoteOn(Details, response.AdditionalProperties);
        if (read?.Error is { } error)
        {
            Details.ErrorType = error.Type;
            _recorder.Apply(_operation, response);
            _recorder.Fail(_operation, error.Exception, callerCancelled: false);
        }
        else
        {
            _recorder.Complete(_operation, response);
        }
    }

    public override void Fail(Exception exception, bool callerCancelled) => _recorder.Fail(_operation, exception, callerCancelled);

    public override void Abandon() => _recorder.Pipeline.Abandon(_operation);

    private static WireResponse? Parse(ChatProtocol protocol, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return null;
        }

        using var document = JsonDocument.Parse(body);
        return protocol.ReadResponse(document.RootElement);
    }
}

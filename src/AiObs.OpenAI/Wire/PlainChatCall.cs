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
    private readonly BackgroundResponses _background;

    private PlainChatCall(
        ChatOperation operation, ChatProtocol protocol, ChatRecorder recorder, BackgroundResponses background, WireDetails details)
        : base(operation, details)
    {
        _background = background;
        _operation = operation;
        _protocol = protocol;
        _recorder = recorder;
    }

    /// <summary>Starts the operation of a request; <see langword="null"/> where that went wrong.</summary>
    /// <exception cref="Cost.Budgets.BudgetExceededException">A budget refuses the call.</exception>
    public static PlainChatCall? Start(
        ChatProtocol protocol, WireRequest request, ChatRecorder recorder, BackgroundResponses background) =>
        recorder.Start(request.Messages, request.Options, isStreaming: false) is { } operation
            ? new PlainChatCall(operation, protocol, recorder, background, WireProperties.DetailsOf(protocol, request))
            : null;

    public override void End(ReadOnlyMemory<byte> body)
    {
        var read = _recorder.Pipeline.Faults.Get("openai", (_protocol, body), static state => Parse(state._protocol, state.body));
        if (read?.PendingStatus is { } status)
        {
            Details.ResponseStatus = status;
            _background.Keep(read.Response.ResponseId, _operation, _recorder);
        }

        _recorder.End(_operation, read ?? new WireResponse(new ChatResponse()), Details);
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

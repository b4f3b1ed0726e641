using System.Text.Json;
using AiObs.Chat;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire;

/// <summary>A chat that is answered as a whole.</summary>
internal sealed class PlainChatCall : WireCall
{
    private readonly ChatProtocol _protocol;
    private readonly WireRequest _request;
    private readonly ChatRecorder _recorder;
    private readonly BackgroundResponses _background;
    private ChatOperation? _prepared;
    private ChatOperation _operation = null!;

    public PlainChatCall(
        ChatProtocol protocol, WireRequest request, ChatRecorder recorder, BackgroundResponses background, Func<WireError, Exception> toException)
        : base(WireProperties.DetailsOf(protocol, request), toException)
    {
        _protocol = protocol;
        _request = request;
        _recorder = recorder;
        _background = background;
    }

    public override ValueTask AdmitAsync(CancellationToken cancellationToken)
    {
        _prepared = _recorder.Prepare(_request.Messages, _request.Options, isStreaming: false);
        if (_prepared is not null)
        {
            _request.NoteOn(_prepared, _recorder);
        }

        return _prepared is null ? default : _recorder.AdmitAsync(_prepared, _request.Messages, _request.Options, cancellationToken);
    }

    public override bool Start()
    {
        if (_prepared is null || _recorder.Open(_prepared) is not { } operation)
        {
            return false;
        }

        _operation = operation;
        Begin(operation);
        return true;
    }

    public override void End(ReadOnlyMemory<byte> body)
    {
        var read = _recorder.Pipeline.Faults.Get("wire", (_protocol, body), static state => Parse(state._protocol, state.body));
        if (read?.PendingStatus is { } status)
        {
            Details.ResponseStatus = status;
            _background.Keep(read.Response.ResponseId, _operation, _recorder);
        }

        End(_recorder, _operation, read ?? new WireResponse(new ChatResponse()));
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

using System.Buffers;
using System.ClientModel.Primitives;
using AiObs.OpenAI.Wire;

namespace AiObs.OpenAI.Streams;

/// <summary>Keeps a body that is not a stream of events until the caller has read it: an error, or an answer that was not to be buffered.</summary>
internal sealed class BodyObserver(WireCall call, PipelineResponse response) : ContentObserver
{
    /// <summary>What is longer is not looked at: then the call has no usage, but it has an end.</summary>
    private const int MaxLength = 16 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _body = new();
    private bool _isTooLong;

    public override int Read(ReadOnlySpan<byte> bytes)
    {
        _isTooLong |= bytes.Length > MaxLength - _body.WrittenCount;
        if (!_isTooLong)
        {
            _body.Write(bytes);
        }

        return bytes.Length;
    }

    public override void End()
    {
        var body = _isTooLong ? default : _body.WrittenMemory;
        if (response.Status >= 400)
        {
            WireError.Of(response, body).Fail(call);
        }
        else
        {
            call.End(body);
        }
    }
}

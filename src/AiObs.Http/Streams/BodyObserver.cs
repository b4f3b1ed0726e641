using System.Buffers;
using AiObs.Http.Wire;

namespace AiObs.Http.Streams;

/// <summary>Keeps a body that is not a stream of events until the caller has read it: an error, or an answer that was not to be buffered.</summary>
internal sealed class BodyObserver(WireCall call, ResponseHead response, Faults faults) : ContentObserver
{
    /// <summary>What is longer is not looked at: then the call has no usage, but it has an end.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    private readonly long? _length = response.Length;
    private ArrayBufferWriter<byte>? _body = new();
    private long _read;

    /// <inheritdoc/>
    /// <remarks>Who knows how long the body is need not ask whether there is more.</remarks>
    public override bool IsOver => _read == _length;

    public override int Read(ReadOnlySpan<byte> bytes)
    {
        _read += bytes.Length;
        if (_read <= MaxLength)
        {
            _body!.Write(bytes);
        }
        else if (_body is not null)
        {
            _body = null;
            faults.Drop("response_body");
        }

        return bytes.Length;
    }

    public override void End()
    {
        var body = _body?.WrittenMemory ?? default;
        if (response.IsFailure)
        {
            call.Fail(WireError.Of(response, body));
        }
        else
        {
            call.End(body);
        }
    }

    /// <inheritdoc/>
    /// <remarks>A failure is one, however much of it is read: whoever repeats requests reads none of it.</remarks>
    public override void Leave()
    {
        if (response.IsFailure)
        {
            End();
        }
        else
        {
            call.Abandon();
        }
    }
}

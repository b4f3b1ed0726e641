using AiObs.Otlp.Proto;

namespace AiObs.Otlp.Wire;

/// <summary>One of the two encodings of OTLP over HTTP. What comes in one is answered in the same.</summary>
internal interface IBodyFormat
{
    string ContentType { get; }

    /// <summary>Reads a request.</summary>
    /// <exception cref="MalformedRequestException">It is none.</exception>
    TraceRequest Read(MemoryStream body);

    byte[] Write(TraceResponse response);

    byte[] Write(RpcStatus status);
}

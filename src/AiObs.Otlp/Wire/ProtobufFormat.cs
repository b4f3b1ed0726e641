using AiObs.Otlp.Proto;
using Google.Protobuf;

namespace AiObs.Otlp.Wire;

/// <summary>OTLP in protobuf.</summary>
internal sealed class ProtobufFormat : IBodyFormat
{
    /// <summary>How deep messages may stand in each other; a list inside of a list takes two levels.</summary>
    public const int MaxNesting = 32;

    public static ProtobufFormat Instance { get; } = new();

    public string ContentType => "application/x-protobuf";

    public TraceRequest Read(MemoryStream body)
    {
        using var input = CodedInputStream.CreateWithLimits(body, int.MaxValue, MaxNesting);
        try
        {
            return TraceRequest.Parser.WithDiscardUnknownFields(true).ParseFrom(input);
        }
        catch (InvalidProtocolBufferException)
        {
            throw new MalformedRequestException($"The body is no ExportTraceServiceRequest in protobuf, or nests deeper than {MaxNesting} messages.");
        }
    }

    public byte[] Write(TraceResponse response) => response.ToByteArray();

    public byte[] Write(RpcStatus status) => status.ToByteArray();
}

using System.Buffers;
using System.Globalization;
using System.Text.Json;
using AiObs.Otlp.Proto;

namespace AiObs.Otlp.Wire;

/// <summary>OTLP in its own mapping to JSON: ids in hexadecimal, 64-bit numbers as texts too, enumerations as numbers; what is not known is passed over.</summary>
internal sealed class JsonFormat : IBodyFormat
{
    /// <summary>How deep values may stand in each other: as deep as in protobuf, where a list in a list takes two levels, and here three.</summary>
    private const int MaxDepth = 50;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    public static JsonFormat Instance { get; } = new();

    public string ContentType => "application/json";

    public TraceRequest Read(MemoryStream body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length), Options);
            return JsonSpans.ReadRequest(document.RootElement);
        }
        catch (JsonException)
        {
            throw new MalformedRequestException($"The body is no JSON, or nests deeper than {MaxDepth} values.");
        }
    }

    public byte[] Write(TraceResponse response) => Write(response, static (writer, response) =>
    {
        if (response.PartialSuccess is { } partial)
        {
            writer.WriteStartObject("partialSuccess");
            if (partial.RejectedSpans > 0)
            {
                writer.WriteString("rejectedSpans", partial.RejectedSpans.ToString(CultureInfo.InvariantCulture));
            }

            writer.WriteString("errorMessage", partial.ErrorMessage);
            writer.WriteEndObject();
        }
    });

    public byte[] Write(RpcStatus status) => Write(status, static (writer, status) =>
    {
        writer.WriteNumber("code", status.Code);
        writer.WriteString("message", status.Message);
    });

    private static byte[] Write<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer, value);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}

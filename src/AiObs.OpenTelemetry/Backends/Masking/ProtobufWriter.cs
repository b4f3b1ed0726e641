using System.Buffers;

namespace AiObs.OpenTelemetry.Backends.Masking;

/// <summary>Writes fields of protobuf messages that hold text, bytes or a message.</summary>
internal static class ProtobufWriter
{
    private const uint LengthDelimited = 2;

    public static void Write(ArrayBufferWriter<byte> output, int number, ReadOnlySpan<byte> content)
    {
        WriteVarint(output, ((uint)number << 3) | LengthDelimited);
        WriteVarint(output, (uint)content.Length);
        output.Write(content);
    }

    private static void WriteVarint(ArrayBufferWriter<byte> output, uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            output.Write([(byte)(value | 0x80)]);
        }

        output.Write([(byte)value]);
    }
}

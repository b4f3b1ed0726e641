using System.Buffers;

namespace AiObs.Http.Streams;

/// <summary>Reads JSON lines, each of which is an event.</summary>
/// <param name="take">Gets each line; the bytes are valid only during the call.</param>
/// <param name="leaveOut">Hears of a line that is too long to be kept.</param>
internal sealed class JsonLineReader(Action<ReadOnlyMemory<byte>> take, Action leaveOut) : LineReader
{
    private readonly ArrayBufferWriter<byte> _data = new();

    /// <inheritdoc/>
    /// <remarks>The last line need have no end.</remarks>
    public override void End() => EndLine([]);

    protected override bool TakeLine(ReadOnlySpan<byte> line)
    {
        if (IsTooLong)
        {
            IsTooLong = false;
            leaveOut();
            return true;
        }

        if (line.Trim(" \t"u8).IsEmpty)
        {
            return false;
        }

        Keep(_data, line);
        take(_data.WrittenMemory);
        _data.ResetWrittenCount();
        return true;
    }
}

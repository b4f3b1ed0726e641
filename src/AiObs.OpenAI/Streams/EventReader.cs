using System.Buffers;

namespace AiObs.OpenAI.Streams;

/// <summary>Reads server-sent events out of bytes as they pass, however they are cut. It keeps no more than the event it is in.</summary>
/// <param name="take">Gets the data of each event; the bytes are valid only during the call.</param>
/// <param name="leaveOut">Hears of an event that is too long to be kept.</param>
internal sealed class EventReader(Action<ReadOnlyMemory<byte>> take, Action leaveOut)
{
    /// <summary>The last event of a response repeats all of it, images included.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly ArrayBufferWriter<byte> _data = new();
    private bool _hasData;
    private bool _isTooLong;
    private bool _isAfterReturn;
    private bool _isFirstLine = true;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public void Read(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_isAfterReturn && bytes[0] == '\n')
            {
                // The second half of one line end.
                _isAfterReturn = false;
                bytes = bytes[1..];
                continue;
            }

            var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0)
            {
                _isAfterReturn = false;
                Keep(_line, bytes);
                return;
            }

            _isAfterReturn = bytes[end] == '\r';
            EndLine(bytes[..end]);
            bytes = bytes[(end + 1)..];
        }
    }

    private void EndLine(ReadOnlySpan<byte> rest)
    {
        if (_line.WrittenCount == 0)
        {
            TakeLine(rest);
            return;
        }

        Keep(_line, rest);
        TakeLine(_line.WrittenSpan);
        _line.ResetWrittenCount();
    }

    private void TakeLine(ReadOnlySpan<byte> line)
    {
        if (_isFirstLine)
        {
            _isFirstLine = false;
            line = line.StartsWith(ByteOrderMark) ? line[ByteOrderMark.Length..] : line;
        }

        if (line.IsEmpty)
        {
            EndEvent();
        }
        else if (line.StartsWith("data:"u8))
        {
            line = line["data:".Length..];
            if (_hasData)
            {
                Keep(_data, "\n"u8);
            }

            _hasData = true;
            Keep(_data, line.StartsWith(" "u8) ? line[1..] : line);
        }
    }

    private void EndEvent()
    {
        if (_isTooLong)
        {
            leaveOut();
        }
        else if (_hasData)
        {
            take(_data.WrittenMemory);
        }

        _data.ResetWrittenCount();
        _hasData = false;
        _isTooLong = false;
    }

    private void Keep(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> bytes)
    {
        if (_isTooLong || bytes.Length > MaxLength - buffer.WrittenCount)
        {
            // A line that goes on after this is no line of data any more, as its start is gone.
            _isTooLong = true;
            buffer.ResetWrittenCount();
            return;
        }

        buffer.Write(bytes);
    }
}

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

    /// <summary>Reads up to the end of the next event.</summary>
    /// <returns>How many bytes that took: all of them where no event ends in them.</returns>
    public int Read(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes;
        var hasEvent = false;
        while (!rest.IsEmpty)
        {
            if (_isAfterReturn && rest[0] == '\n')
            {
                // The second half of one line end.
                _isAfterReturn = false;
                rest = rest[1..];
                continue;
            }

            if (hasEvent)
            {
                break;
            }

            var end = rest.IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0)
            {
                _isAfterReturn = false;
                Keep(_line, rest);
                return bytes.Length;
            }

            _isAfterReturn = rest[end] == '\r';
            hasEvent = EndLine(rest[..end]);
            rest = rest[(end + 1)..];
        }

        return bytes.Length - rest.Length;
    }

    /// <summary>Ends a line; tells whether an event ended with it.</summary>
    private bool EndLine(ReadOnlySpan<byte> rest)
    {
        if (_line.WrittenCount == 0)
        {
            return TakeLine(rest);
        }

        Keep(_line, rest);
        var hasEvent = TakeLine(_line.WrittenSpan);
        _line.ResetWrittenCount();
        return hasEvent;
    }

    private bool TakeLine(ReadOnlySpan<byte> line)
    {
        if (_isFirstLine)
        {
            _isFirstLine = false;
            line = line.StartsWith(ByteOrderMark) ? line[ByteOrderMark.Length..] : line;
        }

        if (line.IsEmpty)
        {
            return EndEvent();
        }

        if (line.StartsWith("data:"u8))
        {
            line = line["data:".Length..];
            if (_hasData)
            {
                Keep(_data, "\n"u8);
            }

            _hasData = true;
            Keep(_data, line.StartsWith(" "u8) ? line[1..] : line);
        }

        return false;
    }

    private bool EndEvent()
    {
        var hasEvent = _isTooLong || _hasData;
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
        return hasEvent;
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

using System.Buffers;

namespace AiObs.Http.Streams;

/// <summary>Reads lines out of bytes as they pass, however they are cut, and events out of the lines. It keeps no more than the event it is in.</summary>
internal abstract class LineReader
{
    /// <summary>The last event of a response repeats all of it, images included.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _line = new();
    private bool _isAfterReturn;
    private bool _isFirstLine = true;

    /// <summary>Gets or sets a value indicating whether the event is too long to be kept.</summary>
    protected bool IsTooLong { get; set; }

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

    /// <summary>Reads what stands there without an end of its own, as nothing comes after it.</summary>
    public abstract void End();

    /// <summary>Takes a line, without its end; tells whether an event ended with it.</summary>
    protected abstract bool TakeLine(ReadOnlySpan<byte> line);

    /// <summary>Ends a line; tells whether an event ended with it.</summary>
    protected bool EndLine(ReadOnlySpan<byte> rest)
    {
        if (_line.WrittenCount == 0)
        {
            return TakeMarked(rest);
        }

        Keep(_line, rest);
        var hasEvent = TakeMarked(_line.WrittenSpan);
        _line.ResetWrittenCount();
        return hasEvent;
    }

    protected void Keep(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> bytes)
    {
        if (IsTooLong || bytes.Length > MaxLength - buffer.WrittenCount)
        {
            // A line that goes on after this is no line of data any more, as its start is gone.
            IsTooLong = true;
            buffer.ResetWrittenCount();
            return;
        }

        buffer.Write(bytes);
    }

    private bool TakeMarked(ReadOnlySpan<byte> line)
    {
        if (_isFirstLine)
        {
            _isFirstLine = false;
            line = line.StartsWith(ByteOrderMark) ? line[ByteOrderMark.Length..] : line;
        }

        return TakeLine(line);
    }
}

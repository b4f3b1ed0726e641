using System.Buffers;

namespace AiObs.Http.Streams;

/// <summary>Reads server-sent events.</summary>
/// <param name="take">Gets the data of each event; the bytes are valid only during the call.</param>
/// <param name="leaveOut">Hears of an event that is too long to be kept.</param>
internal sealed class EventReader(Action<ReadOnlyMemory<byte>> take, Action leaveOut) : LineReader
{
    private readonly ArrayBufferWriter<byte> _data = new();
    private bool _hasData;

    /// <inheritdoc/>
    /// <remarks>An event without its empty line is none.</remarks>
    public override void End()
    {
    }

    protected override bool TakeLine(ReadOnlySpan<byte> line)
    {
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
        var hasEvent = IsTooLong || _hasData;
        if (IsTooLong)
        {
            leaveOut();
        }
        else if (_hasData)
        {
            take(_data.WrittenMemory);
        }

        _data.ResetWrittenCount();
        _hasData = false;
        IsTooLong = false;
        return hasEvent;
    }
}

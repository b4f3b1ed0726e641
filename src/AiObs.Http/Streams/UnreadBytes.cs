namespace AiObs.Http.Streams;

/// <summary>Bytes that have come, and that their reader has not asked for yet.</summary>
internal struct UnreadBytes
{
    private byte[]? _buffer;
    private int _start;
    private int _end;

    public readonly bool IsEmpty => _start == _end;

    public readonly ReadOnlySpan<byte> All => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Copies as much as there is room for; it stays here until <see cref="Advance"/>.</summary>
    public readonly int CopyTo(Span<byte> target)
    {
        var count = Math.Min(target.Length, _end - _start);
        All[..count].CopyTo(target);
        return count;
    }

    public void Advance(int count) => _start += count;

    /// <summary>Keeps bytes; to be called when there are none.</summary>
    public void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_buffer is null || _buffer.Length < bytes.Length)
        {
            _buffer = new byte[bytes.Length];
        }

        bytes.CopyTo(_buffer);
        (_start, _end) = (0, bytes.Length);
    }
}

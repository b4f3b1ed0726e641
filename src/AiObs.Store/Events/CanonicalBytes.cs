using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace AiObs.Store.Events;

/// <summary>
/// Collects what a hash covers, in one unambiguous form: a text that names what is hashed and the version of its layout, then the fields
/// in fixed order. Numbers take 8 bytes, big-endian; texts and bytes stand behind their length in 4 bytes; what is missing has length -1.
/// </summary>
internal ref struct CanonicalBytes
{
    private const int Missing = -1;

    private byte[] _buffer;
    private int _length;

    public CanonicalBytes(ReadOnlySpan<byte> layout, int capacity = 512)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(capacity);
        Add(layout);
    }

    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void Add(long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(Room(sizeof(long)), number);
        _length += sizeof(long);
    }

    public void Add(Guid id)
    {
        id.TryWriteBytes(Room(16), bigEndian: true, out var written);
        _length += written;
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        AddLength(bytes.Length);
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    public void Add(byte[]? bytes)
    {
        if (bytes is null)
        {
            AddLength(Missing);
            return;
        }

        Add(bytes.AsSpan());
    }

    public void Add(string? text)
    {
        if (text is null)
        {
            AddLength(Missing);
            return;
        }

        var bytes = Encoding.UTF8.GetByteCount(text);
        AddLength(bytes);
        _length += Encoding.UTF8.GetBytes(text, Room(bytes));
    }

    public void Add(ChainHead? head)
    {
        Add(head?.Writer);
        if (head is not null)
        {
            Add(head.Count);
            Add(head.Hash);
        }
    }

    public void Dispose()
    {
        var buffer = _buffer;
        this = default;
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private void AddLength(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(Room(sizeof(int)), length);
        _length += sizeof(int);
    }

    private Span<byte> Room(int count)
    {
        if (_buffer.Length - _length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + count, _buffer.Length * 2));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(_length, count);
    }
}

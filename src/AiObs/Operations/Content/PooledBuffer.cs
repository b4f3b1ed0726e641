using System.Buffers;
using System.Text;

namespace AiObs.Operations.Content;

/// <summary>A buffer that grows in rented arrays, because a conversation written as JSON is large and lives for a moment.</summary>
/// <param name="limit">How many bytes there may be.</param>
internal sealed class PooledBuffer(int limit = int.MaxValue) : IBufferWriter<byte>, IDisposable
{
    private const int InitialSize = 4096;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int _count;

    /// <summary>Gets what was written; it must not be kept beyond the buffer's end.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _count);

    public void Advance(int count) => _count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_count);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_count);
    }

    public override string ToString() => Encoding.UTF8.GetString(_bytes, 0, _count);

    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = [];
        _count = 0;
        ArrayPool<byte>.Shared.Return(bytes);
    }

    private void Reserve(int sizeHint)
    {
        var needed = _count + Math.Max(sizeHint, 1);
        if (needed <= _bytes.Length)
        {
            return;
        }

        if (_count >= limit)
        {
            throw new InvalidOperationException("More was written than is recorded.");
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _bytes.Length * 2));
        _bytes.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}

using System.Security.Cryptography;

namespace AiObs.Operations;

/// <summary>Makes ids that are unique, sort by time, and are valid UUIDs of version 7, at a small part of the price of <see cref="Guid.CreateVersion7()"/>.</summary>
/// <remarks>48 bits of milliseconds, then a counter of 36 bits that starts anywhere in the first 24, then 38 bits that are this instance's own.</remarks>
internal sealed class OperationIds
{
    private const int OwnBits = 38;
    private const int LowCounterBits = 24;
    private const long Version = 0x7000;
    private const ulong Variant = 0x8000_0000_0000_0000;

    private readonly ulong _own = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) >> (64 - OwnBits);
    private long _counter = RandomNumberGenerator.GetInt32(1 << LowCounterBits);

    /// <summary>Makes the next id.</summary>
    /// <param name="clock">The clock that the id sorts by.</param>
    public Guid NextId(TimeProvider clock) => NextId(clock.GetUtcNow());

    /// <summary>Makes the next id.</summary>
    /// <param name="time">The time that the id sorts by.</param>
    public Guid NextId(DateTimeOffset time)
    {
        var counter = Interlocked.Increment(ref _counter);
        var high = (time.ToUnixTimeMilliseconds() << 16) | Version | ((counter >> LowCounterBits) & 0xFFF);
        var low = Variant | ((ulong)(counter & ((1 << LowCounterBits) - 1)) << OwnBits) | _own;

        // Field by field, which takes a fifth of the time that sixteen bytes in a buffer take.
        return new Guid(
            (int)(high >> 32),
            (short)(high >> 16),
            (short)high,
            (byte)(low >> 56),
            (byte)(low >> 48),
            (byte)(low >> 40),
            (byte)(low >> 32),
            (byte)(low >> 24),
            (byte)(low >> 16),
            (byte)(low >> 8),
            (byte)low);
    }
}

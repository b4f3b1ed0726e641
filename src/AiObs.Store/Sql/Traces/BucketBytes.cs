namespace AiObs.Store.Sql.Traces;

/// <summary>Writes the counts of durations as bytes: of each bucket the distance to the one before, the count and the count of errors, seven bits to a byte.</summary>
internal static class BucketBytes
{
    private const int MaxLength = 9;

    public static byte[] Write(LatencyHistogram histogram)
    {
        List<byte> bytes = new(histogram.Buckets.Count * 3);
        var last = 0;
        foreach (var bucket in histogram.Buckets)
        {
            Write(bytes, bucket.Index - last);
            Write(bytes, bucket.Count);
            Write(bytes, bucket.ErrorCount);
            last = bucket.Index;
        }

        return [.. bytes];
    }

    /// <exception cref="FormatException">The bytes are none that <see cref="Write(LatencyHistogram)"/> has made.</exception>
    public static List<LatencyBucket> Read(ReadOnlySpan<byte> bytes)
    {
        List<LatencyBucket> buckets = new(bytes.Length / 3);
        for (var index = 0L; !bytes.IsEmpty;)
        {
            index += ReadNumber(ref bytes);
            var count = ReadNumber(ref bytes);
            buckets.Add(new(checked((int)index), count, ReadNumber(ref bytes)));
        }

        return buckets;
    }

    private static void Write(List<byte> bytes, long number)
    {
        for (; number > 0x7F; number >>= 7)
        {
            bytes.Add((byte)(number | 0x80));
        }

        bytes.Add((byte)number);
    }

    private static long ReadNumber(ref ReadOnlySpan<byte> bytes)
    {
        var number = 0L;
        for (var i = 0; i < bytes.Length && i < MaxLength; i++)
        {
            number |= (long)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] <= 0x7F)
            {
                bytes = bytes[(i + 1)..];
                return number;
            }
        }

        throw new FormatException("The counts of durations end in the middle.");
    }
}

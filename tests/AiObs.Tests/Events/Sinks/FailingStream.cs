namespace AiObs.Tests.Events.Sinks;

/// <summary>A file on a disk that can get full: it takes so many bytes more and then fails, in the middle of a write.</summary>
internal sealed class FailingStream(MemoryStream file) : Stream
{
    /// <summary>Gets or sets how many bytes there is room for.</summary>
    public long Room { get; set; } = long.MaxValue;

    /// <summary>Gets or sets a value indicating whether the file cannot even be cut.</summary>
    public bool IsDead { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => file.Length;

    public override long Position { get => file.Position; set => file.Position = value; }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => file.Read(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void SetLength(long value)
    {
        if (IsDead)
        {
            throw new IOException("dead");
        }

        file.SetLength(value);
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        var fits = (int)Math.Min(count, Room);
        file.Write(buffer, offset, fits);
        Room -= fits;
        if (fits < count)
        {
            throw new IOException("No space left on device");
        }
    }
}

namespace AiObs.Events.Sinks;

/// <summary>One file of lines that is open for writing. It holds whole lines at every moment that anybody can see, whatever a write ended with.</summary>
internal sealed class EventFile : IAsyncDisposable
{
    private const int LookBack = 64 * 1024;
    private const byte LineFeed = (byte)'\n';

    private readonly Stream _stream;
    private readonly Action _forceToDisk;
    private long _length;
    private bool _isTorn;

    private EventFile(Stream stream, long length, Action forceToDisk)
    {
        _stream = stream;
        _forceToDisk = forceToDisk;
        _isTorn = true;
        _length = length;
    }

    public long Length => _length;

    /// <summary>Opens a file and repairs the end that a crash may have left: half a line goes, a whole one that lacks its end gets it.</summary>
    public static async Task<EventFile> OpenAsync(Stream stream, Action forceToDisk, CancellationToken cancellationToken)
    {
        var file = new EventFile(stream, stream.Length, forceToDisk);
        try
        {
            await file.RepairAsync(cancellationToken).ConfigureAwait(false);
            return file;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens a file again that had a length when a write to it failed; what stands behind that is cut off.</summary>
    public static EventFile Reopen(Stream stream, long length, Action forceToDisk) => new(stream, Math.Min(length, stream.Length), forceToDisk);

    /// <summary>Writes lines: all of them, or none.</summary>
    public async Task AppendAsync(ReadOnlyMemory<byte> lines, bool syncs, CancellationToken cancellationToken)
    {
        CutTornEnd();
        _isTorn = true;
        try
        {
            await _stream.WriteAsync(lines, cancellationToken).ConfigureAwait(false);
            await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            if (syncs)
            {
                Sync();
            }

            _length += lines.Length;
            _isTorn = false;
        }
        catch
        {
            TryCutTornEnd();
            throw;
        }
    }

    /// <summary>Forces everything to the disk.</summary>
    public void Sync() => _forceToDisk();

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private void CutTornEnd()
    {
        if (_isTorn)
        {
            _stream.SetLength(_length);
            _stream.Position = _length;
            _isTorn = false;
        }
    }

    private void TryCutTornEnd()
    {
        try
        {
            CutTornEnd();
        }
        catch (IOException)
        {
            // The next write begins with it.
        }
    }

    private async Task RepairAsync(CancellationToken cancellationToken)
    {
        var tail = await ReadLastLineAsync(cancellationToken).ConfigureAwait(false);
        _isTorn = true;
        if (tail.Length == 0)
        {
            CutTornEnd();
        }
        else if (AgentEventJson.Read(tail) is null)
        {
            _length -= tail.Length;
            CutTornEnd();
        }
        else
        {
            CutTornEnd();
            await AppendAsync(new[] { LineFeed }, syncs: false, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns what stands behind the last line feed.</summary>
    private async Task<byte[]> ReadLastLineAsync(CancellationToken cancellationToken)
    {
        for (var length = Math.Min(LookBack, _length); ; length = Math.Min(length * 2, _length))
        {
            var end = new byte[length];
            _stream.Position = _length - length;
            await _stream.ReadExactlyAsync(end, cancellationToken).ConfigureAwait(false);
            var last = end.AsSpan().LastIndexOf(LineFeed);
            if (last >= 0 || length == _length)
            {
                return end[(last + 1)..];
            }
        }
    }
}

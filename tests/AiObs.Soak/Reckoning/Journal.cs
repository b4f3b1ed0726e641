namespace AiObs.Soak.Reckoning;

/// <summary>Keeps entries in a file, so that what the soak remembers does not show in the memory that it watches. Thread-safe.</summary>
internal sealed class Journal : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _file;
    private readonly BinaryWriter _writer;
    private long _count;

    /// <summary>Starts an empty journal.</summary>
    /// <param name="path">The file.</param>
    public Journal(string path)
    {
        _file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite);
        _writer = new BinaryWriter(_file);
    }

    public void Add(long run, Measure measure, decimal amount = 1)
    {
        lock (_lock)
        {
            _writer.Write(run);
            _writer.Write((byte)measure);
            _writer.Write(amount);
            _count++;
        }
    }

    /// <summary>Reads all entries; the journal goes on behind them.</summary>
    public IReadOnlyList<Entry> ReadAll()
    {
        lock (_lock)
        {
            _writer.Flush();
            _file.Position = 0;
            var reader = new BinaryReader(_file);
            var entries = new Entry[_count];
            for (var i = 0; i < entries.Length; i++)
            {
                entries[i] = new Entry(reader.ReadInt64(), (Measure)reader.ReadByte(), reader.ReadDecimal());
            }

            return entries;
        }
    }

    public void Dispose() => _writer.Dispose();
}

using System.Buffers;
using System.Text.Json;
using AiObs.Events.Sinks;
using Microsoft.Extensions.Options;

namespace AiObs.Events;

/// <summary>Writes events to files, one JSON object per line. <see cref="ReadAsync"/> reads them back.</summary>
/// <remarks>
/// A batch is written whole or not at all: what a failed write left is cut off, so that the next try neither doubles a line nor goes on in
/// the middle of one. After a crash, the next start repairs the end of the file.
/// </remarks>
public sealed class JsonLinesFileSink : IAgentEventSink, IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly RecentEvents _written = new();
    private readonly JsonLinesFileSinkOptions _options;
    private readonly TimeProvider _clock;
    private readonly Func<string, Stream> _open;
    private FileStream? _claim;
    private EventFile? _file;
    private EventFileName? _name;
    private long? _lengthBefore;
    private bool _isDisposed;

    /// <summary>Initializes a new instance of the <see cref="JsonLinesFileSink"/> class. No file is touched before the first write.</summary>
    /// <param name="options">Where and how to write.</param>
    /// <param name="clock">The clock; the system's when <see langword="null"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="OptionsValidationException">An option has a value that it cannot have.</exception>
    public JsonLinesFileSink(IOptions<JsonLinesFileSinkOptions> options, TimeProvider? clock = null)
        : this((options ?? throw new ArgumentNullException(nameof(options))).Value, clock ?? TimeProvider.System, Open)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="JsonLinesFileSink"/> class. No file is touched before the first write.</summary>
    /// <param name="path">The path of the files; each adds its day and number to the name.</param>
    /// <exception cref="OptionsValidationException">The path is empty.</exception>
    public JsonLinesFileSink(string path)
        : this(Options.Create(new JsonLinesFileSinkOptions { Path = path }))
    {
    }

    internal JsonLinesFileSink(JsonLinesFileSinkOptions options, TimeProvider clock, Func<string, Stream> open)
    {
        var result = new JsonLinesFileSinkOptionsValidator().Validate(Options.DefaultName, options);
        if (result.Failed)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(JsonLinesFileSinkOptions), result.Failures);
        }

        _options = options.Clone();
        _clock = clock;
        _open = open;
    }

    /// <summary>Reads all events of a sink's files, file by file, in the order in which they were written. The files may be written meanwhile.</summary>
    /// <param name="path">The path that the sink was given.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The events. What is not a whole event, such as the end that a crash has cut off, is left out.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    public static IAsyncEnumerable<AgentEvent> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return EventFileReader.ReadAsync(path, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            List<AgentEvent> missing = [.. events.Where(item => !_written.Contains(item)).DistinctBy(static item => item.Id)];
            if (missing.Count == 0)
            {
                return;
            }

            Render(missing);
            var file = await NextFileAsync(_lines.WrittenCount, cancellationToken).ConfigureAwait(false);
            await AppendAsync(file, cancellationToken).ConfigureAwait(false);
            missing.ForEach(_written.Add);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Forces the file to the disk.</summary>
    /// <param name="cancellationToken">Cancels the wait for a write that is under way.</param>
    /// <returns>A task that ends when everything written is on the disk.</returns>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _file?.Sync();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            _isDisposed = true;
            await CloseAsync().ConfigureAwait(false);
            _claim?.Dispose();
        }
        finally
        {
            _turn.Release();
        }
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, bufferSize: 0);

    /// <summary>Claims a path for this process. A file of its own does that: a lock on the files themselves would keep readers away.</summary>
    /// <remarks>The file stays: where it is deleted, one process may lock what another has just deleted, and a third one the next file of that name.</remarks>
    private static FileStream Claim(string path)
    {
        Directory.CreateDirectory(EventFileName.DirectoryOf(path));
        return new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
    }

    private async Task AppendAsync(EventFile file, CancellationToken cancellationToken)
    {
        try
        {
            await file.AppendAsync(_lines.WrittenMemory, syncs: _options.SyncEachBatch, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // The handle may be what is broken. The length is remembered, so that whole lines of this batch go, too.
            _file = null;
            _lengthBefore = file.Length;
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private void Render(List<AgentEvent> events)
    {
        _lines.ResetWrittenCount();
        foreach (var item in events)
        {
            using (var writer = new Utf8JsonWriter(_lines, AgentEventJson.Compact))
            {
                AgentEventJson.Write(writer, item);
            }

            _lines.Write("\n"u8);
        }
    }

    /// <summary>Returns the file that has room for so many bytes today.</summary>
    private async Task<EventFile> NextFileAsync(int bytes, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime);
        var name = _name ?? EventFileName.Find(_options.Path).LastOrDefault(new EventFileName(today, 1));
        if (_options.RotateDaily && name.Day < today)
        {
            name = new(today, 1);
        }

        while (true)
        {
            var file = await UseAsync(name, cancellationToken).ConfigureAwait(false);
            if (file.Length == 0 || file.Length + bytes <= _options.MaxFileSize)
            {
                return file;
            }

            name = name.Day < today ? new(today, 1) : name with { Number = name.Number + 1 };
        }
    }

    private async Task<EventFile> UseAsync(EventFileName name, CancellationToken cancellationToken)
    {
        if (_file is not null && _name == name)
        {
            return _file;
        }

        await CloseAsync().ConfigureAwait(false);
        _claim ??= Claim(_options.Path);
        var stream = _open(name.In(_options.Path));
        void ForceToDisk() => (stream as FileStream)?.Flush(flushToDisk: true);
        _file = _name == name && _lengthBefore is { } length
            ? EventFile.Reopen(stream, length, ForceToDisk)
            : await EventFile.OpenAsync(stream, ForceToDisk, cancellationToken).ConfigureAwait(false);
        _name = name;
        _lengthBefore = null;
        return _file;
    }

    private async Task CloseAsync()
    {
        if (_file is { } file)
        {
            file.Sync();
            _file = null;
            await file.DisposeAsync().ConfigureAwait(false);
        }
    }
}

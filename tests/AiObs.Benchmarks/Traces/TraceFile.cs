using AiObs.Store;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Benchmarks.Traces;

/// <summary>Traces in a SQLite file that goes away with it.</summary>
internal sealed class TraceFile : IAsyncDisposable
{
    private const int Batch = 2_000;

    private readonly string _directory = Directory.CreateTempSubdirectory("aiobs-benchmark-").FullName;
    private readonly ServiceProvider _services;

    public TraceFile()
    {
        var services = new ServiceCollection();
        services.AddAgentObservability().AddStore(s => s.UseSqlite($"Data Source={Path.Combine(_directory, "aiobs.db")}").Keep(StoreParts.Traces));
        _services = services.BuildServiceProvider();
        Store = _services.GetRequiredService<ITraceStore>();
    }

    public ITraceStore Store { get; }

    public string ConnectionString => $"Data Source={Path.Combine(_directory, "aiobs-traces.db")}";

    /// <summary>Gets how many bytes the file has.</summary>
    public long Size => new FileInfo(Path.Combine(_directory, "aiobs-traces.db")).Length;

    /// <summary>Appends spans, numbered from 0.</summary>
    public async Task FillAsync(int count)
    {
        for (var first = 0; first < count; first += Batch)
        {
            await Store.AppendAsync(TraceSpans.Make(first, Math.Min(Batch, count - first), count));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }
}

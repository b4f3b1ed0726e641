using AiObs.Store;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Benchmarks.Logs;

/// <summary>An event log in a SQLite file that goes away with it.</summary>
internal sealed class LogFile : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("aiobs-benchmark-").FullName;
    private readonly ServiceProvider _services;

    public LogFile()
    {
        var services = new ServiceCollection();
        services.AddAgentObservability().AddStore(s => s.UseSqlite(ConnectionString));
        _services = services.BuildServiceProvider();
        Log = _services.GetRequiredService<IEventLog>();
    }

    public IEventLog Log { get; }

    public string ConnectionString => $"Data Source={Path.Combine(_directory, "events.db")}";

    /// <summary>Appends events, numbered from 0.</summary>
    public async Task FillAsync(int count)
    {
        const int Batch = 1_000;
        for (var first = 0; first < count; first += Batch)
        {
            await Log.AppendAsync(LogEvents.Make(first, Math.Min(Batch, count - first)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }
}

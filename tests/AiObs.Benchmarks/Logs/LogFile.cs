using AiObs.Events.Log;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Benchmarks.Logs;

/// <summary>Is an event log in a SQLite file of its own, which goes with the object.</summary>
internal sealed class LogFile : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("aiobs-").FullName;
    private readonly ServiceProvider _services;

    public LogFile()
    {
        var services = new ServiceCollection();
        services.AddAgentObservability().AddEventLog(log => log.UseSqlite(ConnectionString));
        _services = services.BuildServiceProvider();
        Log = _services.GetRequiredService<IEventLog>();
    }

    public IEventLog Log { get; }

    public string ConnectionString => $"Data Source={Path.Combine(_directory, "log.db")}";

    /// <summary>Makes a log with so many events.</summary>
    public static async Task<LogFile> CreateAsync(int total)
    {
        const int BatchSize = 1_000;
        var file = new LogFile();
        for (var first = 0; first < total; first += BatchSize)
        {
            await file.Log.AppendAsync(SampleEvents.Make(first, Math.Min(BatchSize, total - first), total));
        }

        return file;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}

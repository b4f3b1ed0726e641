using AiObs.Benchmarks.Logs;
using AiObs.Events;
using BenchmarkDotNet.Attributes;

namespace AiObs.Benchmarks;

/// <summary>Appending to a log in SQLite, by the event, against a plain loop that writes the same rows.</summary>
[MemoryDiagnoser]
public class LogBenchmarks : IAsyncDisposable
{
    private const int Batch = 256;

    private LogFile _file = null!;
    private LogFile _plainFile = null!;
    private PlainInserts _plain = null!;
    private int _next;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _file = new();
        _plainFile = new();

        // The first append makes the tables.
        await _file.FillAsync(1);
        await _plainFile.FillAsync(1);
        _plain = new(_plainFile.ConnectionString);
        _next = Batch;
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _plain.Dispose();
        await _plainFile.DisposeAsync();
        await _file.DisposeAsync();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Batch)]
    public void PlainLoop() => _plain.Append(Next());

    [Benchmark(OperationsPerInvoke = Batch)]
    public async Task Append() => await _file.Log.AppendAsync(Next());

    private AgentEvent[] Next() => LogEvents.Make(_next += Batch, Batch);
}

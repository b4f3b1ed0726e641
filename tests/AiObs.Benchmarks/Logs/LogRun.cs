using System.Diagnostics;
using AiObs.Events;
using AiObs.Events.Log;

namespace AiObs.Benchmarks.Logs;

/// <summary>What an event log in SQLite takes, as ratios; exits with 1 when a ceiling does not hold.</summary>
internal static class LogRun
{
    /// <summary>How many events the large log has: 1,000,000.</summary>
    public const int DefaultSize = 1_000_000;

    private const int SmallSize = 1_000;
    private const int BatchSize = 256;
    private const int Batches = 40;
    private const int Rounds = 5;
    private const int Pages = 101;
    private const double MinThroughput = 0.5;
    private const double MaxGrowth = 2;

    public static async Task<int> ExecuteAsync(TextWriter output, int largeSize)
    {
        var throughput = await CompareThroughputAsync(output);
        var small = await MeasureQueriesAsync(output, SmallSize);
        var large = await MeasureQueriesAsync(output, largeSize);
        var growth = large / small;
        await output.WriteLineAsync($"page of a conversation in {largeSize} events: {growth:F2} × that in {SmallSize}, at most {MaxGrowth:F1}");
        var holds = throughput >= MinThroughput && growth <= MaxGrowth;
        await output.WriteLineAsync(holds ? "all ceilings hold" : "not all ceilings hold");
        return holds ? 0 : 1;
    }

    private static async Task<double> CompareThroughputAsync(TextWriter output)
    {
        var (logs, plains) = (new double[Rounds], new double[Rounds]);
        for (var round = 0; round < Rounds; round++)
        {
            logs[round] = await AppendAsync();
            plains[round] = await AppendPlainlyAsync();
        }

        var ratio = Median(logs.Zip(plains, static (log, plain) => log / plain));
        await output.WriteLineAsync(
            $"append, batches of {BatchSize}: {Median(logs):F0} events/s, a plain loop {Median(plains):F0}; ratio {ratio:F2}, at least {MinThroughput:F1}");
        return ratio;
    }

    private static async Task<double> AppendAsync()
    {
        await using var file = await LogFile.CreateAsync(SmallSize);
        var batches = MakeBatches();
        var started = Stopwatch.GetTimestamp();
        foreach (var batch in batches)
        {
            await file.Log.AppendAsync(batch);
        }

        return Batches * BatchSize / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<double> AppendPlainlyAsync()
    {
        await using var file = await LogFile.CreateAsync(SmallSize);
        using var loop = new PlainLoop(file.ConnectionString);
        var batches = MakeBatches();
        var started = Stopwatch.GetTimestamp();
        foreach (var batch in batches)
        {
            loop.Append(batch);
        }

        return Batches * BatchSize / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static AgentEvent[][] MakeBatches() =>
        [.. Enumerable.Range(0, Batches).Select(static batch => SampleEvents.Make(SmallSize + (batch * BatchSize), BatchSize, Batches * BatchSize))];

    private static async Task<double> MeasureQueriesAsync(TextWriter output, int size)
    {
        await using var file = await LogFile.CreateAsync(size);
        var query = new EventQuery { ConversationId = SampleEvents.ConversationOf(size / 2, size), PageSize = 50 };
        var page = await MedianMillisecondsAsync(async () => await file.Log.ListAsync(query), Pages);
        var count = await MedianMillisecondsAsync(async () => await file.Log.CountByTypeAsync(EventQuery.All), Rounds);
        await output.WriteLineAsync(
            $"{size} events: a page of 50 of a conversation {page:F3} ms; all counted by type {count:F3} ms, {count * 1e6 / size:F0} ns each");
        return page;
    }

    private static async Task<double> MedianMillisecondsAsync(Func<Task> work, int runs)
    {
        var times = new double[runs];
        await work();
        for (var run = 0; run < runs; run++)
        {
            var started = Stopwatch.GetTimestamp();
            await work();
            times[run] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        return Median(times);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}

using System.Diagnostics;
using AiObs.Store;

namespace AiObs.Benchmarks.Logs;

/// <summary>How fast a log in SQLite is filled, and whether reading it stays as fast when it grows; exits with 1 when a ceiling does not hold.</summary>
internal static class LogRun
{
    private const int Batch = 256;
    private const int Batches = 40;
    private const int Rounds = 5;
    private const int Reads = 31;
    private const int Small = 1_000;
    private const int Large = 1_000_000;
    private const double LeastThroughput = 0.7;
    private const double MostGrowth = 2;

    public static async Task<int> ExecuteAsync(TextWriter output)
    {
        var holds = await AppendAsync(output);
        holds &= await CompareReadingAsync(output) <= MostGrowth;
        await output.WriteLineAsync(holds ? "all ceilings hold" : "not all ceilings hold");
        return holds ? 0 : 1;
    }

    /// <summary>Fills logs in turn with a plain loop, and tells whether ours keeps up.</summary>
    public static async Task<bool> AppendAsync(TextWriter output)
    {
        var ratios = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var plain = await MeasureAsync(static async (file, events) =>
            {
                using var inserts = new PlainInserts(file.ConnectionString);
                events.ForEach(inserts.Append);
                await Task.CompletedTask;
            });
            var own = await MeasureAsync(static async (file, events) =>
            {
                foreach (var batch in events)
                {
                    await file.Log.AppendAsync(batch);
                }
            });
            ratios[round] = plain / own;
            await output.WriteLineAsync($"append: {Batch * Batches / own,9:F0} events/s, plain loop {Batch * Batches / plain,9:F0}/s, ratio {ratios[round]:F2}");
        }

        Array.Sort(ratios);
        await output.WriteLineAsync($"append: median ratio {ratios[Rounds / 2]:F2}, at least {LeastThroughput:F2}");
        return ratios[Rounds / 2] >= LeastThroughput;
    }

    private static async Task<double> CompareReadingAsync(TextWriter output)
    {
        await using var small = new LogFile();
        await using var large = new LogFile();
        await small.FillAsync(Small);
        await large.FillAsync(Large);

        var few = await MedianAsync(small, Small, ListAsync);
        var many = await MedianAsync(large, Large, ListAsync);
        await output.WriteLineAsync($"page of a conversation: {few:F3} ms of {Small:N0} events, {many:F3} ms of {Large:N0}: x {many / few:F2}, at most {MostGrowth:F2}");
        await output.WriteLineAsync(
            $"count by type, all: {await MedianAsync(small, Small, CountAsync):F3} ms of {Small:N0} events, {await MedianAsync(large, Large, CountAsync, reads: 3):F0} ms of {Large:N0}");
        return many / few;
    }

    private static async Task<double> MeasureAsync(Func<LogFile, List<Events.AgentEvent[]>, Task> append)
    {
        await using var file = new LogFile();
        await file.FillAsync(1);
        var events = Enumerable.Range(0, Batches).Select(static batch => LogEvents.Make(1 + (batch * Batch), Batch)).ToList();
        var start = Stopwatch.GetTimestamp();
        await append(file, events);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<double> MedianAsync(LogFile file, int count, Func<LogFile, int, Task> read, int reads = Reads)
    {
        await read(file, count / 2);
        var times = new double[reads];
        for (var i = 0; i < reads; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await read(file, count * i / reads);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[reads / 2];
    }

    private static async Task ListAsync(LogFile file, int number) =>
        await file.Log.ListAsync(new EventQuery { ConversationId = LogEvents.ConversationOf(number), PageSize = 20 });

    private static async Task CountAsync(LogFile file, int number) => await file.Log.CountByTypeAsync(EventQuery.All);
}

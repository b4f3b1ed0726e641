using System.Diagnostics;
using System.Globalization;
using AiObs.Operations;
using AiObs.Store;

namespace AiObs.Benchmarks.Traces;

/// <summary>How fast traces in SQLite are kept and read; exits with 1 when a ceiling does not hold.</summary>
internal static class TraceRun
{
    public const int Large = 100_000;

    private const int Batch = 512;
    private const int Batches = 20;
    private const int Rounds = 7;

    // A batch spans minutes, as it does where a store fills in a month to what it keeps.
    private const int SpansOfAMonth = 1_000_000;

    private const double LeastThroughput = 0.5;
    private const double MostOfWindow = 0.1;
    private const double MostError = 0.01;

    /// <param name="output">Where results go.</param>
    /// <param name="most">How many spans the largest store has.</param>
    public static async Task<int> ExecuteAsync(TextWriter output, int most)
    {
        var holds = await AppendAsync(output);
        List<(int Size, Dictionary<string, double> Times)> columns = [];
        for (var size = 1_000; size <= most; size *= 10)
        {
            await using var file = new TraceFile();
            await file.FillAsync(size);
            var times = await TraceReads.MeasureAsync(file.Store, size);
            columns.Add((size, times));
            holds &= await SummarizeAsync(output, file, size) || size < Large;
        }

        await WriteAsync(output, columns);
        await output.WriteLineAsync(holds ? "all ceilings hold" : "not all ceilings hold");
        return holds ? 0 : 1;
    }

    /// <summary>Fills stores in turn with a plain loop, and tells whether ours keeps up.</summary>
    private static async Task<bool> AppendAsync(TextWriter output)
    {
        var ratios = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var plain = await MeasureAsync(static (file, batches) =>
            {
                using var spans = new PlainSpans(file.ConnectionString);
                batches.ForEach(spans.Append);
                return Task.CompletedTask;
            });
            var own = await MeasureAsync(static async (file, batches) =>
            {
                foreach (var batch in batches)
                {
                    await file.Store.AppendAsync(batch);
                }
            });
            ratios[round] = plain / own;
            await output.WriteLineAsync($"append: {Batch * Batches / own,9:F0} spans/s, plain loop {Batch * Batches / plain,9:F0}/s, ratio {ratios[round]:F2}");
        }

        await output.WriteLineAsync($"append: median ratio {MedianOf(ratios):F2}, at least {LeastThroughput:F2}");
        return MedianOf(ratios) >= LeastThroughput;
    }

    /// <summary>Compares percentiles from roll-ups with exact ones, in what they take and in what they say.</summary>
    private static async Task<bool> SummarizeAsync(TextWriter output, TraceFile file, int size)
    {
        using var plain = new PlainSpans(file.ConnectionString);
        var query = new LatencyQuery { After = TraceSpans.Start, Kind = OperationKind.Chat, By = LatencyGrouping.Model };
        var ratios = new double[size < Large ? Rounds : 3];
        var (exact, groups) = (plain.Percentiles(TraceSpans.Start), await file.Store.SummarizeAsync(query));
        for (var round = 0; round < ratios.Length; round++)
        {
            var start = Stopwatch.GetTimestamp();
            exact = plain.Percentiles(TraceSpans.Start);
            var window = Stopwatch.GetElapsedTime(start);
            start = Stopwatch.GetTimestamp();
            groups = await file.Store.SummarizeAsync(query);
            ratios[round] = Stopwatch.GetElapsedTime(start) / window;
        }

        var estimated = groups.OrderBy(static group => group.Key, StringComparer.Ordinal)
            .SelectMany(static group => new[] { 0.5, 0.95, 0.99 }.Select(rank => (Model: group.Key!, Duration: group.Histogram.Percentile(rank))));
        var error = size < Large ? 0 : exact.Zip(estimated).Max(static pair => Math.Abs((pair.Second.Duration / pair.First.Duration) - 1));
        await output.WriteLineAsync(
            $"percentiles of 30 days by model, {size:N0} spans, file of {file.Size / 1_048_576.0:F1} MiB: {MedianOf(ratios):F3} of the window function, at most {MostOfWindow:F2}; error {error:P2}");
        return MedianOf(ratios) <= MostOfWindow && error <= MostError;
    }

    private static async Task<double> MeasureAsync(Func<TraceFile, List<SpanRecord[]>, Task> append)
    {
        await using var file = new TraceFile();
        await file.FillAsync(TraceSpans.SpansPerTrace);
        var batches = Enumerable.Range(0, Batches)
            .Select(static batch => TraceSpans.Make(TraceSpans.SpansPerTrace + (batch * Batch), Batch, SpansOfAMonth)).ToList();
        var start = Stopwatch.GetTimestamp();
        await append(file, batches);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double MedianOf(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static async Task WriteAsync(TextWriter output, List<(int Size, Dictionary<string, double> Times)> columns)
    {
        await output.WriteLineAsync($"| ms | {string.Join(" | ", columns.Select(static column => column.Size.ToString("N0", CultureInfo.InvariantCulture)))} |");
        await output.WriteLineAsync($"|---|{string.Concat(columns.Select(static _ => "---|"))}");
        foreach (var name in columns[0].Times.Keys)
        {
            await output.WriteLineAsync($"| {name} | {string.Join(" | ", columns.Select(column => column.Times[name].ToString("F2", CultureInfo.InvariantCulture)))} |");
        }
    }
}

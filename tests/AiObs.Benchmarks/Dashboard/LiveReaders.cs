using System.Diagnostics;
using System.Globalization;

namespace AiObs.Benchmarks.Dashboard;

/// <summary>
/// What a live list takes of the process that serves it, over sockets. Its readers are a process of their own, so that nothing of what they take counts; the spans that come meanwhile do.
/// </summary>
internal static class LiveReaders
{
    private const int Many = 100;
    private const int Rounds = 5;
    private const int SpansPerTrace = 5;
    private const double MostOfOne = 2;

    // Four are sent a second; a busy machine may send fewer.
    private const int LeastMessages = 2;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    public static async Task MeasureAsync(Ceilings ceilings)
    {
        await using var app = await DashboardApp.StartAsync();
        var trace = 0;
        await CostAsync(Many);
        await CostAsync(1);
        var ratios = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var (one, many) = (await CostAsync(1), await CostAsync(Many));
            ratios[round] = many / one;
            await Console.Out.WriteLineAsync($"  live list, 200 spans a second: one reader {one.TotalMilliseconds:F0} ms of processor time in {Length.TotalSeconds:F0} s, {Many} readers {many.TotalMilliseconds:F0} ms");
        }

        ceilings.Check("live list with 100 readers over sockets, against one, 200 spans a second", ratios.Order().ElementAt(Rounds / 2), MostOfOne, "x");

        async Task<TimeSpan> CostAsync(int readers)
        {
            using var process = Start(app.Address, readers);
            try
            {
                // It says so when all of its readers have been let in.
                if (await process.StandardOutput.ReadLineAsync() is null)
                {
                    throw new InvalidOperationException("The readers ended before they were there.");
                }

                using var timer = new PeriodicTimer(Pause);
                var (before, start) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
                while (Stopwatch.GetElapsedTime(start) < Length)
                {
                    await timer.WaitForNextTickAsync();
                    await app.Traces.AppendAsync(DashboardSpans.Make(++trace, SpansPerTrace));
                }

                var cost = Environment.CpuUsage.TotalTime - before;
                process.StandardInput.Close();
                var read = long.Parse(await process.StandardOutput.ReadToEndAsync(), CultureInfo.InvariantCulture);
                var least = readers * LeastMessages * (long)Length.TotalSeconds;
                if (read < least)
                {
                    throw new InvalidOperationException($"{readers} readers got {read} messages, and not {least} at least.");
                }

                return cost;
            }
            finally
            {
                process.Kill();
            }
        }
    }

    /// <summary>Reads the live list with so many connections until the input ends, and then tells how many messages they got.</summary>
    public static async Task<int> ReadAsync(Uri address, int readers)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = readers }) { BaseAddress = address };
        using var stop = new CancellationTokenSource();
        var streams = await Task.WhenAll(Enumerable.Range(0, readers).Select(_ => client.GetStreamAsync($"{DashboardApp.Prefix}/live")));
        var reading = Task.WhenAll(streams.Select(stream => CountAsync(stream, stop.Token)));
        await Console.Out.WriteLineAsync("ready");
        await Console.In.ReadToEndAsync();
        await stop.CancelAsync();
        await Console.Out.WriteLineAsync((await reading).Sum().ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static async Task<long> CountAsync(Stream stream, CancellationToken stop)
    {
        using var reader = new StreamReader(stream);
        var count = 0L;
        try
        {
            while (await reader.ReadLineAsync(stop) is { } line)
            {
                count += line == "event: row" ? 1 : 0;
            }
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }

        return count;
    }

    private static Process Start(Uri address, int readers)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        string[] arguments = ["--dashboard-readers", address.ToString(), readers.ToString(CultureInfo.InvariantCulture)];
        Array.ForEach(arguments, start.ArgumentList.Add);
        return Process.Start(start)!;
    }
}

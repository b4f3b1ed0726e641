using System.Diagnostics;
using AiObs.Benchmarks.Quick;
using AiObs.Benchmarks.Workloads;
using AiObs.Cost;

namespace AiObs.Benchmarks.Totals;

/// <summary>What adding to the running totals takes, for one writer and for eight at once; exits with 1 when the totals are not exact.</summary>
internal static class TotalsRun
{
    private const int Writers = 8;
    private const int RecordsPerWriter = 200_000;
    private const int Rounds = 11;
    private const decimal Amount = 0.000123m;

    public static int Execute(TextWriter output)
    {
        using var unit = new BareActivity();
        var runs = Measurement.Prepare(unit);
        var isExact = true;
        output.WriteLine($"{"writers",7} {"ns per record",14} {"of a bare activity",19}");
        foreach (var writers in (int[])[1, Writers])
        {
            Measure(writers, ref isExact);
            var costs = Enumerable.Range(0, Rounds)
                .Select(_ => (Add: Measure(writers, ref isExact), Bare: RunCost.Of(unit, runs).Nanoseconds))
                .OrderBy(static round => round.Add / round.Bare)
                .ToArray();
            var (add, bare) = costs[Rounds / 2];
            output.WriteLine($"{writers,7} {add,14:F0} {add / bare,19:F2}");
        }

        output.WriteLine(isExact ? "all totals are exact" : "THE TOTALS ARE WRONG");
        return isExact ? 0 : 1;
    }

    /// <summary>Returns the nanoseconds of processor time that one record takes, all writers together.</summary>
    private static double Measure(int writers, ref bool isExact)
    {
        var totals = new CostAccumulator();
        using var start = new Barrier(writers + 1);
        var threads = Enumerable.Range(0, writers).Select(writer => new Thread(() =>
        {
            var records = Enumerable.Range(0, 10).Select(number => Record(writer, number)).ToArray();
            start.SignalAndWait();
            for (var i = 0; i < RecordsPerWriter; i++)
            {
                totals.Add(records[i % records.Length]);
            }
        })).ToArray();
        Array.ForEach(threads, static thread => thread.Start());
        using var process = Process.GetCurrentProcess();
        start.SignalAndWait();
        var before = process.TotalProcessorTime;
        Array.ForEach(threads, static thread => thread.Join());
        process.Refresh();
        var taken = process.TotalProcessorTime - before;
        isExact &= totals.Total.Total == Amount * writers * RecordsPerWriter;
        return taken.TotalNanoseconds / (writers * RecordsPerWriter);
    }

    private static CostRecord Record(int writer, int number) => new()
    {
        Id = Guid.NewGuid(),
        CallId = $"call-{writer}-{number}",
        Time = DateTimeOffset.UnixEpoch,
        Provider = "openai",
        RequestModel = "gpt-4o",
        UserId = $"user-{number}",
        ConversationId = $"conversation-{number}",
        Total = Amount,
        Receipt = new CostReceipt { Usage = UsageQuantities.Empty, Total = Amount },
    };
}

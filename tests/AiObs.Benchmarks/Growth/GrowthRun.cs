using AiObs.Benchmarks.Quick;
using AiObs.Benchmarks.Workloads;

namespace AiObs.Benchmarks.Growth;

/// <summary>What observing takes as histories, streams and numbers of streams grow; exits with 1 when something grows faster than it may.</summary>
internal static class GrowthRun
{
    private const double Tolerance = 1.1;

    public static int Execute(TextWriter output)
    {
        var holds = Grow(output, "history with content, messages", [1, 10, 100, 1_000], static messages => Take(
            PlainCall.Observed(messages, configure: static builder => builder.Configure(static o => o.CaptureContent = ContentCapture.Spans))));
        holds &= Stay(output, "history with 10 messages recorded, messages", [10, 100, 1_000], static messages => Take(
            PlainCall.Observed(messages, configure: static builder => builder.Configure(static o =>
            {
                o.CaptureContent = ContentCapture.Spans;
                o.Privacy.MaxMessages = 10;
            }))));
        holds &= Stay(output, "history without content, messages", [1, 10, 100, 1_000], static messages => Take(PlainCall.Observed(messages)));
        holds &= Stay(output, "stream without content, updates", [10, 1_000, 100_000], static updates => Take(StreamedCall.Observed(updates)));
        holds &= Grow(output, "streams at once", [100, 1_000, 10_000], static streams => ManyStreams.Read(streams));
        output.WriteLine(holds ? "all ceilings hold" : "not all ceilings hold");
        return holds ? 0 : 1;
    }

    /// <summary>Tells whether each size takes no more for one piece than the size before it.</summary>
    private static bool Grow(TextWriter output, string name, int[] sizes, Func<int, RunCost> measure) =>
        Compare(output, name, sizes, measure, static (size, before) => (double)size / before);

    /// <summary>Tells whether each size takes the same as the size before it.</summary>
    private static bool Stay(TextWriter output, string name, int[] sizes, Func<int, RunCost> measure) =>
        Compare(output, name, sizes, measure, static (_, _) => 1);

    private static bool Compare(TextWriter output, string name, int[] sizes, Func<int, RunCost> measure, Func<int, int, double> growth)
    {
        var holds = true;
        var (before, last) = (0, default(RunCost));
        foreach (var size in sizes)
        {
            var cost = measure(size);
            var isWithin = before == 0 || cost.Bytes <= last.Bytes * growth(size, before) * Tolerance;
            holds &= isWithin;
            output.WriteLine($"{name,-44} {size,7:N0} {cost.Nanoseconds / 1000,12:N1} us {cost.Bytes,13:N0} B  {(isWithin ? "holds" : "DOES NOT HOLD")}");
            (before, last) = (size, cost);
        }

        return holds;
    }

    private static RunCost Take(Workload workload)
    {
        using (workload)
        {
            return RunCost.Of(workload, Measurement.Prepare(workload));
        }
    }
}

using System.Diagnostics;
using AiObs.Benchmarks.Workloads;

namespace AiObs.Benchmarks.Quick;

/// <summary>What one run of a workload takes.</summary>
internal readonly record struct RunCost(double Nanoseconds, double Bytes)
{
    // Shorter than what a busy machine lets a thread run for, so that most slices are not interrupted.
    private const double SliceMilliseconds = 0.5;
    private const int Attempts = 5;

    public static RunCost operator -(RunCost left, RunCost right) => new(left.Nanoseconds - right.Nanoseconds, left.Bytes - right.Bytes);

    /// <summary>Finds how many runs fill a slice, going by the fastest of some attempts.</summary>
    public static int RunsPerSlice(Workload workload)
    {
        for (var runs = 1; ; runs *= 2)
        {
            if (Enumerable.Range(0, Attempts).Min(_ => Of(workload, runs).Nanoseconds) * runs >= SliceMilliseconds * 1e6)
            {
                return runs;
            }
        }
    }

    public static RunCost Of(Workload workload, int runs)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        for (var run = 0; run < runs; run++)
        {
            workload.Run();
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        var cost = new RunCost(elapsed.TotalNanoseconds / runs, (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)runs);
        workload.Settle();
        return cost;
    }
}

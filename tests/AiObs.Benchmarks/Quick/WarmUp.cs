using System.Runtime;
using AiObs.Benchmarks.Workloads;

namespace AiObs.Benchmarks.Quick;

/// <summary>Runs a workload until the JIT has nothing left to learn from it: it compiles in the background, again and again, for a second or more.</summary>
internal static class WarmUp
{
    private const int Batch = 20;
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(6);

    public static void Run(Workload workload)
    {
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        var (compiled, changed) = (JitInfo.GetCompiledMethodCount(), start);
        while (clock.GetElapsedTime(changed) < Quiet && clock.GetElapsedTime(start) < Longest)
        {
            RunCost.Of(workload, Batch);
            if (JitInfo.GetCompiledMethodCount() is var now && now != compiled)
            {
                (compiled, changed) = (now, clock.GetTimestamp());
            }
        }
    }
}

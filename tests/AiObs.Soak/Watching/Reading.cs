namespace AiObs.Soak.Watching;

/// <summary>Is what the process held at one checkpoint, with no run under way.</summary>
/// <param name="Runs">How many runs there were by then.</param>
/// <param name="HeapBytes">What the collector found alive.</param>
/// <param name="WorkingSetBytes">The memory that the process has.</param>
/// <param name="Handles">Open file descriptors.</param>
/// <param name="Threads">Threads.</param>
internal sealed record Reading(long Runs, long HeapBytes, long WorkingSetBytes, int Handles, int Threads)
{
    private const string Descriptors = "/proc/self/fd";

    public static Reading Take(long runs)
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        using var process = System.Diagnostics.Process.GetCurrentProcess();

        return new Reading(
            runs,
            GC.GetTotalMemory(forceFullCollection: true),
            process.WorkingSet64,
            Directory.Exists(Descriptors) ? Directory.GetFiles(Descriptors).Length : process.HandleCount,
            process.Threads.Count);
    }
}

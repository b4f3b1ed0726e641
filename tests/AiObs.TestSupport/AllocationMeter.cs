namespace AiObs.TestSupport;

/// <summary>Counts the bytes that code allocates on the calling thread.</summary>
public static class AllocationMeter
{
    private const int WarmUpRuns = 200;
    private const int Rounds = 3;

    /// <summary>Returns the bytes that one run takes: the lowest average of three rounds, after a warm-up.</summary>
    /// <remarks>The lowest round counts because a lazy initialisation may fall into any one of them.</remarks>
    public static double BytesPerRun(Action action, int runs = 1_000)
    {
        Repeat(action, WarmUpRuns);

        return Enumerable.Range(0, Rounds).Min(_ => BytesOf(action, runs)) / (double)runs;
    }

    /// <summary>The same for a task that completes without leaving the thread; fails if it does not.</summary>
    public static double BytesPerRun(Func<ValueTask> action, int runs = 1_000) => BytesPerRun(
        () =>
        {
            var task = action();
            Assert.True(task.IsCompleted, "Only what completes on the calling thread can be measured.");
            task.GetAwaiter().GetResult();
        },
        runs);

    private static long BytesOf(Action action, int runs)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(action, runs);

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Repeat(Action action, int runs)
    {
        for (var run = 0; run < runs; run++)
        {
            action();
        }
    }
}

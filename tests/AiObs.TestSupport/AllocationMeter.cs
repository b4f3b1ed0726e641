namespace AiObs.TestSupport;

/// <summary>Counts the bytes that code allocates on the calling thread.</summary>
public static class AllocationMeter
{
    private const int WarmUpRuns = 200;
    private const int Rounds = 3;
    private const string StaysOnThread = "Only what completes on the calling thread can be measured.";

    /// <summary>Returns the bytes that one run takes: the lowest average of three rounds, after a warm-up.</summary>
    /// <remarks>The lowest round counts because a lazy initialisation may fall into any one of them.</remarks>
    public static double BytesPerRun(Action action, int runs = 1_000)
    {
        Repeat(action, WarmUpRuns);

        return Enumerable.Range(0, Rounds).Min(_ => BytesOf(action, runs)) / (double)runs;
    }

    /// <summary>The same for a task that completes without leaving the thread; fails if it does not.</summary>
    public static double BytesPerRun(Func<ValueTask> action, int runs = 1_000) => BytesPerRun(() => Finish(action()), runs);

    /// <summary>Returns the bytes that reading a whole stream takes, from asking for it to disposing of its enumerator.</summary>
    /// <remarks>The stream must not leave the thread; fails if it does.</remarks>
    public static double BytesPerRead<T>(Func<IAsyncEnumerable<T>> stream, int runs = 1_000) => BytesPerRun(
        () =>
        {
            var reader = stream().GetAsyncEnumerator();
            while (Finish(reader.MoveNextAsync()))
            {
                _ = reader.Current;
            }

            Finish(reader.DisposeAsync());
        },
        runs);

    private static void Finish(ValueTask task)
    {
        Assert.True(task.IsCompleted, StaysOnThread);
        task.GetAwaiter().GetResult();
    }

    private static bool Finish(ValueTask<bool> task)
    {
        Assert.True(task.IsCompleted, StaysOnThread);

        return task.GetAwaiter().GetResult();
    }

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

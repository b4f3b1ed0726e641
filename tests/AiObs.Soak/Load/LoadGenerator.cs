using System.Diagnostics;

namespace AiObs.Soak.Load;

/// <summary>Keeps a number of runs going side by side.</summary>
internal sealed class LoadGenerator(RunPlans plans, Func<RunPlan, Task> run)
{
    private const int Workers = 12;

    // Paced, so that what is watched is hours of traffic rather than the limit of the machine.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);

    private long _count;

    /// <summary>Gets how many runs were started.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Starts runs for a time and waits for their ends.</summary>
    public Task RunAsync(TimeSpan duration) =>
        Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => WorkAsync(duration))));

    private async Task WorkAsync(TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            await run(plans.Of(Interlocked.Increment(ref _count)));
            await Task.Delay(Pause);
        }
    }
}

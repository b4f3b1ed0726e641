using System.Diagnostics;
using System.Diagnostics.Metrics;
using AiObs.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiObs.Tests.Operations;

/// <summary>Code of the application's own that hangs costs one wait and one thread.</summary>
public sealed class CallbackTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    private readonly AsyncLocal<string> _flow = new();
    private readonly ManualResetEventSlim _release = new();
    private readonly Meter _meter = new($"callback-{Guid.NewGuid():N}");
    private readonly MetricCollector _metrics;
    private readonly Callback _callback;

    public CallbackTests()
    {
        _metrics = new MetricCollector(_meter.Name);
        _callback = new Callback("code", Short, new Faults(_meter, NullLogger.Instance));
    }

    public void Dispose()
    {
        _release.Set();
        _metrics.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void TryRun_InTime_ReturnsWhatItReturnsInTheFlowOfTheCaller()
    {
        _flow.Value = "mine";
        var caller = Environment.CurrentManagedThreadId;

        Assert.True(_callback.TryRun(_flow, static flow => (flow.Value, Environment.CurrentManagedThreadId), Long, out var result));

        Assert.Equal("mine", result.Value);
        Assert.NotEqual(caller, result.CurrentManagedThreadId);
        Assert.Empty(_metrics.Of("aiobs.faults"));
    }

    [Fact]
    public void TryRun_FlowSuppressed_Runs()
    {
        using (ExecutionContext.SuppressFlow())
        {
            Assert.True(_callback.TryRun(1, static one => one + 1, Long, out var result));
            Assert.Equal(2, result);
        }
    }

    [Fact]
    public void TryRun_Throws_ThrowsTheSame()
    {
        var exception = new InvalidOperationException();

        Assert.Same(exception, Assert.Throws<InvalidOperationException>(() => _callback.TryRun(exception, static int (thrown) => throw thrown, Long, out _)));
    }

    [Fact]
    public void TryRun_HangsOnce_GoesOnAndRunsOthers()
    {
        Assert.False(_callback.TryRun(_release, Hang, Short, out _));

        Assert.True(_callback.TryRun(1, static one => one + 1, Long, out var result));

        Assert.Equal(2, result);
    }

    [Fact]
    public void TryRun_HangsAgainAndAgain_RunsNothingUntilOneHasComeBack()
    {
        var tries = HangSeveralTimes(_callback, Callback.MostHung);
        var allHang = Stopwatch.GetTimestamp();
        var runs = 0;

        // Half of the limit after it has begun, one that was given up counts as hung.
        Assert.True(SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(allHang) >= Short, Long));

        for (var i = 0; i < 100; i++)
        {
            Assert.False(_callback.TryRun(0, _ => Interlocked.Increment(ref runs), Long, out _));
        }

        Assert.Equal(0, runs);
        Assert.Equal(100 + tries, _metrics.Of("aiobs.faults").Count(static fault => "code".Equals(fault.Tags["aiobs.part"])));
        _release.Set();
        Assert.True(SpinWait.SpinUntil(() => _callback.TryRun(0, static _ => true, Long, out _), Long));
    }

    [Fact]
    public void TryRun_WhereAllThreadsWaitThemselves_GetsMoreUpToALimit()
    {
        var running = 0;
        var callers = Enumerable.Range(0, Callback.MostThreads + 10).Select(_ => new Thread(() => Assert.True(_callback.TryRun(
            _release,
            release =>
            {
                Interlocked.Increment(ref running);
                return Hang(release);
            },
            Long,
            out var _)))).ToList();
        callers.ForEach(static caller => caller.Start());

        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref running) == Callback.MostThreads, Long));

        // One more that gets no thread: it waits longer than it takes to give it one, and is given up.
        Assert.False(_callback.TryRun(0, _ => Interlocked.Increment(ref running), TimeSpan.FromMilliseconds(500), out _));
        Assert.Equal(Callback.MostThreads, Volatile.Read(ref running));

        _release.Set();
        callers.ForEach(static caller => caller.Join());
        Assert.Equal(callers.Count, running);
    }

    [Fact]
    public void TryRun_LittleTimeLeftAndLate_IsNoSignOfHanging()
    {
        var callback = new Callback("code", Long, new Faults(_meter, NullLogger.Instance));
        HangSeveralTimes(callback, 2 * Callback.MostHung);

        Assert.True(callback.TryRun(1, static one => one, Long, out _));
    }

    [Fact]
    public async Task TryRun_WithinItself_DoesNotRunAndDoesNotWait()
    {
        Assert.True(_callback.TryRun(_callback, static callback => Task.Run(() => callback.TryRun(1, static one => one, Long, out _)).Result, Long, out var isRun));
        Assert.False(isRun);
        Assert.Single(_metrics.Of("aiobs.faults"));

        // What was started within runs on, and is within nothing.
        var go = new TaskCompletionSource();
        Assert.True(_callback.TryRun((_callback, go), static async state =>
        {
            await state.go.Task;
            return state._callback.TryRun(1, static one => one, Long, out _);
        }, Long, out var later));
        go.SetResult();
        Assert.True(await later!);
    }

    /// <summary>Leaves runs behind that hang.</summary>
    /// <returns>How many tries that took.</returns>
    private int HangSeveralTimes(Callback callback, int count)
    {
        var tries = 0;
        var begun = 0;
        for (; Volatile.Read(ref begun) < count; tries++)
        {
            // On a busy machine, a thread may not even begin in time.
            Assert.False(callback.TryRun(
                _release,
                release =>
                {
                    Interlocked.Increment(ref begun);
                    return Hang(release);
                },
                Short,
                out var _));
        }

        return tries;
    }

    private static bool Hang(ManualResetEventSlim release)
    {
        release.Wait(Long);
        return true;
    }
}

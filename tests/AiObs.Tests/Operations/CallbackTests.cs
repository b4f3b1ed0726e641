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
        _callback = new Callback("code", new Faults(_meter, NullLogger.Instance));
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
    public void TryRun_Hangs_GoesOnAndRunsNothingUntilItHasComeBack()
    {
        Assert.False(_callback.TryRun(_release, Hang, Short, out _));
        var runs = 0;

        for (var i = 0; i < 100; i++)
        {
            Assert.False(_callback.TryRun(0, _ => Interlocked.Increment(ref runs), Long, out _));
        }

        Assert.Equal(0, runs);
        Assert.Equal(101, _metrics.Of("aiobs.faults").Count(static fault => "code".Equals(fault.Tags["aiobs.part"])));
        _release.Set();
        Assert.True(SpinWait.SpinUntil(() => _callback.TryRun(0, static _ => true, Long, out _), Long));
    }

    [Fact]
    public void TryRun_FromManyThreads_UsesNoMoreThreadsThanCanWorkAtOnce()
    {
        HashSet<int> threads = [];
        Parallel.For(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 32 }, _ => Assert.True(_callback.TryRun(
            threads,
            static threads =>
            {
                lock (threads)
                {
                    return threads.Add(Environment.CurrentManagedThreadId);
                }
            },
            Long,
            out var _)));

        Assert.InRange(threads.Count, 1, Math.Clamp(Environment.ProcessorCount, 2, 16));
    }

    private static bool Hang(ManualResetEventSlim release)
    {
        release.Wait(Long);
        return true;
    }
}

namespace AiObs.OpenTelemetry.Tests.Sampling;

/// <summary>Many traces on many threads: each span is exported once or counted once.</summary>
public sealed class KeepInterestingConcurrencyTests
{
    private const int Threads = 8;
    private const int TracesPerThread = 250;
    private const int SpansPerTrace = 5;

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OnEnd_ManyThreads_LosesAndDoublesNothing()
    {
        using var run = new SampledRun(new() { Ratio = 0.5 });

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < TracesPerThread; i++)
            {
                RunTrace(run);
            }
        }, TestToken)));
        run.Shutdown();

        CheckNothingIsLost(run);
        Assert.All(run.Exporter.Spans.GroupBy(span => span.Trace), trace => Assert.Equal(SpansPerTrace, trace.Count()));
        Assert.InRange(run.Exporter.Spans.Count, 1, (Threads * TracesPerThread * SpansPerTrace) - 1);
    }

    [Fact]
    public async Task OnEnd_ManyThreadsWithTightBoundsFlushesAndTimers_LosesAndDoublesNothing()
    {
        using var run = new SampledRun(new()
        {
            Ratio = 0.5,
            MaxTraces = 3,
            MaxSpans = 7,
            MaxSpansPerTrace = 4,
            MaxWait = TimeSpan.FromSeconds(1),
            RememberedTraces = 2,
        });
        using var done = new CancellationTokenSource();
        var flushing = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                run.Flush();
                run.Clock.Advance(TimeSpan.FromSeconds(1));
            }
        }, TestToken);

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < TracesPerThread; i++)
            {
                RunTrace(run);
            }
        }, TestToken)));
        await done.CancelAsync();
        await flushing;
        run.Shutdown();

        CheckNothingIsLost(run);
    }

    private static void RunTrace(SampledRun run)
    {
        using var root = run.Start("root");
        for (var span = 1; span < SpansPerTrace; span++)
        {
            run.Start("child", root).Dispose();
        }
    }

    private static void CheckNothingIsLost(SampledRun run)
    {
        const int All = Threads * TracesPerThread * SpansPerTrace;
        Assert.Equal(All, run.Exporter.Spans.Count + run.SampledOut());
        Assert.Equal(run.Exporter.Spans.Count, run.Exporter.Spans.Select(span => span.Span).Distinct().Count());
    }
}

using System.Diagnostics;

namespace AiObs.OpenTelemetry.Tests.Sampling;

/// <summary>What becomes of traces when time or room runs out.</summary>
public sealed class KeepInterestingBoundsTests
{
    [Fact]
    public void MaxWait_TraceThatDoesNotEnd_IsDecidedByWhatIsKnown()
    {
        using var run = new SampledRun(new() { Ratio = 0, MaxWait = TimeSpan.FromMinutes(1) });
        var failed = run.Start("failed");
        run.Start("failed.child", failed).SetStatus(ActivityStatusCode.Error).Dispose();
        var ordinary = run.Start("ordinary");
        run.Start("ordinary.child", ordinary).Dispose();

        run.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Empty(run.Exported);
        run.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["failed.child"], run.Exported);
        Assert.Equal((2, 1), (run.DecidedEarly("max_wait"), run.SampledOut()));
        failed.Dispose();
        ordinary.Dispose();
        Assert.Equal(["failed.child", "failed"], run.Exported);
        Assert.Equal(2, run.SampledOut());
    }

    [Fact]
    public void MaxWait_LeftOutAndInterestingLater_IsKeptFromThereOn()
    {
        using var run = new SampledRun(new() { Ratio = 0, MaxWait = TimeSpan.FromMinutes(1) });
        var root = run.Start("root");
        run.Start("early", root).Dispose();
        run.Clock.Advance(TimeSpan.FromMinutes(1));

        run.Start("ordinary", root).Dispose();
        run.Start("failed", root).SetStatus(ActivityStatusCode.Error).Dispose();
        root.Dispose();

        Assert.Equal(["failed", "root"], run.Exported);
        Assert.Equal(2, run.SampledOut());
    }

    [Fact]
    public void MaxWait_LongerThanSlowerThan_KeepsWhatStillRunsAsSlow()
    {
        using var run = new SampledRun(new() { Ratio = 0, MaxWait = TimeSpan.FromMinutes(1), SlowerThan = TimeSpan.FromSeconds(30) });
        using var root = run.Start("root");
        run.Start("child", root).Dispose();

        run.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("slow", Assert.Single(run.Exporter.Spans).Attributes["aiobs.sampling.reason"]);
    }

    [Fact]
    public void MaxTraces_OneMore_DecidesTheOldest()
    {
        using var run = new SampledRun(new() { Ratio = 1, MaxTraces = 2 });
        var roots = Enumerable.Range(0, 3).Select(i =>
        {
            var root = run.Start($"{i}");
            run.Start($"{i}.child", root).Dispose();
            return root;
        }).ToList();

        Assert.Equal(["0.child"], run.Exported);
        Assert.Equal(1, run.DecidedEarly("max_traces"));
        roots.ForEach(root => root.Dispose());
        Assert.Equal(["0.child", "0", "1.child", "1", "2.child", "2"], run.Exported);
    }

    [Fact]
    public void MaxSpansPerTrace_Reached_DecidesTheTrace()
    {
        using var run = new SampledRun(new() { Ratio = 1, MaxSpansPerTrace = 2 });
        using var root = run.Start("root");

        run.Start("a", root).Dispose();
        Assert.Empty(run.Exported);
        run.Start("b", root).Dispose();
        run.Start("c", root).Dispose();

        Assert.Equal(["a", "b", "c"], run.Exported);
        Assert.Equal(1, run.DecidedEarly("max_spans_per_trace"));
    }

    [Fact]
    public void MaxSpans_OneMore_DecidesTheOldestThatHasAny()
    {
        using var run = new SampledRun(new() { Ratio = 1, MaxSpans = 2 });
        using var idle = run.Start("idle");
        using var first = run.Start("first");
        using var second = run.Start("second");

        run.Start("a", first).Dispose();
        run.Start("b", second).Dispose();
        run.Start("c", second).Dispose();

        Assert.Equal(["a"], run.Exported);
        Assert.Equal(1, run.DecidedEarly("max_spans"));
    }

    [Fact]
    public void RememberedTraces_Forgotten_ALateSpanWaitsAndIsDecidedByItself()
    {
        using var run = new SampledRun(new() { Ratio = 0, RememberedTraces = 1 });
        var root = run.Start("root");
        var late = run.Start("late", root);
        root.Dispose();
        run.Trace("other");

        late.SetStatus(ActivityStatusCode.Error).Dispose();
        Assert.Empty(run.Exported);
        run.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(["late"], run.Exported);
    }

    [Fact]
    public void ForceFlush_SpansWait_DecidesAndHandsThemOn()
    {
        using var run = new SampledRun(new() { Ratio = 1 });
        using var root = run.Start("root");
        run.Start("child", root).Dispose();

        Assert.True(run.Flush());

        Assert.Equal(["child"], run.Exported);
        Assert.Equal(1, run.DecidedEarly("flush"));
    }

    [Fact]
    public void Shutdown_SpansWait_DecidesAndHandsThemOnAndCountsLaterOnes()
    {
        using var run = new SampledRun(new() { Ratio = 1 });
        var root = run.Start("root");
        run.Start("child", root).Dispose();

        Assert.True(run.Shutdown());
        root.Dispose();

        Assert.Equal(["child"], run.Exported);
        Assert.Equal(1, run.SampledOut("shutdown"));
    }

    [Fact]
    public void Dispose_SpansWait_HandsThemOn()
    {
        var run = new SampledRun(new() { Ratio = 1 });
        var root = run.Start("root");
        run.Start("child", root).Dispose();

        run.Dispose();

        Assert.Equal(["child"], run.Exported);
        root.Dispose();
    }

    [Fact]
    public void Timer_NothingWaits_StandsStill()
    {
        using var run = new SampledRun(new() { Ratio = 1 });
        run.Trace("root");
        run.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.False(run.Clock.TryAdvanceToNextTimer(TimeSpan.FromDays(1)));
        using var root = run.Start("again");

        Assert.True(run.Clock.TryAdvanceToNextTimer(TimeSpan.FromSeconds(1)));
    }
}

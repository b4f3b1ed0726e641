using System.Diagnostics;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.OpenTelemetry.Tests.Sampling;

/// <summary>Traces whose root is taken back after it has started, as that of a call that the client refuses.</summary>
public sealed class KeepInterestingMutedTests
{
    [Fact]
    public async Task RefusedCall_AtTheTop_LeavesTheBufferAtTheNextLook()
    {
        using var run = new SampledRun(new() { Ratio = 0, MaxTraces = 1, MaxWait = TimeSpan.FromHours(1) });
        using var root = AgentObservability.Create(builder => builder.Configure(options => options.SourceName = run.Source));
        using var client = StubChatClient.Throwing(new ArgumentException("No temperature above 2.")).UseAgentObservability(root);
        await Assert.ThrowsAsync<ArgumentException>(() => client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken));

        run.Clock.Advance(TimeSpan.FromSeconds(1));

        AssertIsFree(run);
    }

    [Fact]
    public void MutedRoot_NoLookYet_MakesRoomForTheNextTrace()
    {
        using var run = new SampledRun(new() { Ratio = 0, MaxTraces = 1, MaxWait = TimeSpan.FromHours(1) });
        Mute(run.Start("muted")).Dispose();

        AssertIsFree(run);
    }

    [Fact]
    public void MutedRoot_StillRunning_Waits()
    {
        using var run = new SampledRun(new() { Ratio = 0, MaxTraces = 1, MaxWait = TimeSpan.FromHours(1) });
        using var muted = Mute(run.Start("muted"));

        run.Clock.Advance(TimeSpan.FromSeconds(2));
        using var next = run.Start("next");

        Assert.Equal(1, run.DecidedEarly("max_traces"));
    }

    [Fact]
    public void MutedRoot_ChildWasReported_IsDecidedWithIt()
    {
        using var run = new SampledRun(new() { Ratio = 0, MaxWait = TimeSpan.FromHours(1) });
        var muted = Mute(run.Start("muted"));
        run.Start("failed", muted).SetStatus(ActivityStatusCode.Error).Dispose();
        muted.Dispose();

        run.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(run.Exported);
        run.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["failed"], run.Exported);
    }

    [Fact]
    public void Trace_ForgottenWhileItsRootWasOnItsWay_IsKeptAllTheSame()
    {
        using var run = new SampledRun(new() { Ratio = 0 });
        var root = run.Start("root");
        var flags = root.ActivityTraceFlags;
        Mute(root).Stop();
        run.Clock.Advance(TimeSpan.FromSeconds(1));

        root.ActivityTraceFlags = flags;
        root.SetStatus(ActivityStatusCode.Error);
        run.Report(root);

        Assert.Equal(["root"], run.Exported);
    }

    private static Activity Mute(Activity span)
    {
        span.IsAllDataRequested = false;
        span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        return span;
    }

    /// <summary>Fails unless another trace finds room in a buffer for one.</summary>
    private static void AssertIsFree(SampledRun run)
    {
        using var next = run.Start("next");
        Assert.Equal((0, 0), (run.DecidedEarly("max_traces"), run.SampledOut()));
    }
}

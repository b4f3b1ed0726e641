using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AiObs.Tests.Events;

public sealed class AiObsEventSinksHealthCheckTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sinks_ThatWork_AreHealthyAndDescribed()
    {
        await using var root = new EventRoot();
        root.AddSink();
        await root.TrackAsync("a");
        await root.Events.FlushAsync(Token);

        var result = await CheckAsync(new(root.Root.Events));

        Assert.Equal((HealthStatus.Healthy, "1 event sinks work."), (result.Status, result.Description));
        var status = Assert.IsType<EventSinkStatus>(result.Data["stub"]);
        Assert.Equal((EventSinkState.Working, 1L, 0L), (status.State, status.Written, status.Queued));
        Assert.Equal(root.Clock.GetUtcNow(), status.LastSuccess);
    }

    [Fact]
    public async Task Sink_ThatIsBroken_IsUnhealthyUntilItComesBack()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink(
            o =>
            {
                o.BatchSize = 1;
                o.FailureThreshold = 1;
            },
            StubEventSink.FailingFirst(1));
        await root.TrackAsync("a");
        await BrokenAsync(root);

        var broken = await CheckAsync(new(root.Root.Events));
        await root.AdvanceUntilAsync(sink.WaitForAcceptedAsync(1));
        await root.Events.FlushAsync(Token);
        var back = await CheckAsync(new(root.Root.Events));

        Assert.Equal(
            (HealthStatus.Unhealthy, "stub is broken after 1 failures, last System.InvalidOperationException."), (broken.Status, broken.Description));
        Assert.Equal(HealthStatus.Healthy, back.Status);
    }

    [Fact]
    public async Task Sink_ThatRetries_IsDegraded()
    {
        await using var root = new EventRoot(b => b.ConfigureEvents(o => o.ShutdownTimeout = TimeSpan.Zero));
        root.AddSink(
            o =>
            {
                o.BatchSize = 1;
                o.BackOff = o.MaxBackOff = TimeSpan.FromHours(1);
            },
            StubEventSink.FailingFirst(int.MaxValue));
        await root.TrackAsync("a");
        await FailedAsync(root);

        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(new(root.Root.Events))).Status);
    }

    [Fact]
    public async Task Queue_ThatIsFourFifthsFull_IsDegraded()
    {
        await using var root = new EventRoot();
        root.AddSink(o => o.QueueCapacity = 5);
        await root.TrackAsync("a", "b", "c");
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(new(root.Root.Events))).Status);

        await root.TrackAsync("d");

        var result = await CheckAsync(new(root.Root.Events));
        Assert.Equal((HealthStatus.Degraded, "stub has 4 of 5 events waiting."), (result.Status, result.Description));
    }

    [Fact]
    public async Task Losses_AreToldOnce()
    {
        await using var root = new EventRoot();
        root.AddSink(o => o.QueueCapacity = 1);
        await root.TrackAsync("a", "b", "c");
        await root.Events.FlushAsync(Token);
        var check = new AiObsEventSinksHealthCheck(root.Root.Events);

        var first = await CheckAsync(check);
        var second = await CheckAsync(check);

        Assert.Equal((HealthStatus.Degraded, "stub has lost 2 events."), (first.Status, first.Description));
        Assert.Equal(HealthStatus.Healthy, second.Status);
    }

    [Fact]
    public async Task Sink_ThatHangs_HasTheFailureStatusOfTheRegistration()
    {
        await using var root = new EventRoot(b => b.ConfigureEvents(o => o.ShutdownTimeout = TimeSpan.Zero));
        var gate = new StubGate();
        root.AddSink(
            o =>
            {
                o.BatchSize = 1;
                o.WriteTimeout = TimeSpan.FromSeconds(10);
            },
            new() { OnWrite = (_, _, _) => new(gate.WaitAsync(CancellationToken.None)) });
        await root.TrackAsync("a");
        await gate.Reached;
        await root.AdvanceUntilAsync(FailedAsync(root));

        var result = await CheckAsync(new(root.Root.Events), HealthStatus.Degraded);

        Assert.Equal(HealthStatus.Degraded, result.Status);
        Assert.StartsWith("stub is hung after 1 failures, last System.TimeoutException.", result.Description, StringComparison.Ordinal);
        gate.Release();
    }

    [Fact]
    public async Task AddCheck_RegistersItInOneLine()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddAgentObservability().AddEventSink(new StubEventSink());
        services.AddHealthChecks().AddCheck<AiObsEventSinksHealthCheck>("aiobs-events");
        await using var provider = services.BuildServiceProvider();

        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);

        Assert.Equal(HealthStatus.Healthy, report.Entries["aiobs-events"].Status);
    }

    private static Task<HealthCheckResult> CheckAsync(AiObsEventSinksHealthCheck check, HealthStatus failureStatus = HealthStatus.Unhealthy) =>
        check.CheckHealthAsync(new() { Registration = new("aiobs-events", check, failureStatus, tags: null) }, Token);

    private static async Task BrokenAsync(EventRoot root)
    {
        while (root.Events.GetSinks()[0].State != EventSinkState.Broken)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task FailedAsync(EventRoot root)
    {
        while (root.Events.GetSinks()[0].Failures == 0)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}

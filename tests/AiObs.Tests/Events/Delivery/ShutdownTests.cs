using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AiObs.Tests.Events.Delivery;

public sealed class ShutdownTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Disposal_OfTheRoot_WritesWhatWaits(bool isAsynchronous)
    {
        var root = new EventRoot();
        var sink = root.AddSink(o => o.BatchSize = 2);
        await root.TrackAsync("a", "b", "c", "d", "e");

        if (isAsynchronous)
        {
            await root.Root.DisposeAsync();
        }
        else
        {
            root.Root.Dispose();
        }

        Assert.Equal(["a", "b", "c", "d", "e"], sink.AcceptedTypes);
        Assert.Equal(1, sink.FlushCount);
        Assert.DoesNotContain(root.Logs.GetSnapshot(), log => log.Id.Id == 45);
        await root.DisposeAsync();
    }

    [Fact]
    public async Task ShutdownTimeout_Over_CountsAndLogsWhatIsLost()
    {
        var root = new EventRoot(b => b.ConfigureEvents(o => o.ShutdownTimeout = TimeSpan.FromSeconds(4)));
        var gate = new StubGate();
        root.AddSink(
            o =>
            {
                o.BatchSize = 2;
                o.QueueCapacity = 7;
            },
            new() { OnWrite = (_, _, _) => new(gate.WaitAsync(CancellationToken.None)) });
        await root.TrackAsync("a", "b");
        await gate.Reached;
        await root.TrackAsync("c", "d", "e", "f", "g");

        var disposal = root.Root.DisposeAsync().AsTask();
        root.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.False(disposal.IsCompleted);
        await root.AdvanceUntilAsync(disposal);

        Assert.Equal("7", Assert.Single(root.Logs.GetSnapshot(), log => log.Id.Id == 45).GetStructuredStateValue("Count"));
        var lost = root.Metrics.Only("aiobs.events.dropped");
        Assert.Equal((7L, "shutdown"), (lost.Value, lost.Tags["aiobs.reason"]));
        gate.Release();
        await root.DisposeAsync();
    }

    [Fact]
    public async Task Disposal_WhileTheSinkFails_TriesOnceMoreAtOnce()
    {
        var root = new EventRoot(b => b.ConfigureEvents(o => o.ShutdownTimeout = TimeSpan.FromMinutes(10)));
        var sink = root.AddSink(o => o.BatchSize = 1, StubEventSink.FailingFirst(1));
        await root.TrackAsync("a");
        await sink.WaitForTriesAsync(1);

        await root.Root.DisposeAsync();

        Assert.Equal(["a"], sink.AcceptedTypes);
        await root.DisposeAsync();
    }

    [Fact]
    public async Task FlushAsync_WritesWithoutWaitingForTheBatch()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink(o => o.BatchAge = TimeSpan.FromHours(1));
        await root.TrackAsync("a");

        await root.Events.FlushAsync(Token);

        Assert.Equal(["a"], sink.AcceptedTypes);
        Assert.Equal(1, sink.FlushCount);
    }

    [Fact]
    public async Task FlushAsync_SinkThatIsDown_SaysWhichAndKeepsTheEvents()
    {
        await using var root = new EventRoot(b => b.ConfigureEvents(o => o.ShutdownTimeout = TimeSpan.FromSeconds(2)));
        var isDown = true;
        var sink = root.AddSink(sink: new() { OnWrite = (_, _, _) => isDown ? throw new InvalidOperationException() : ValueTask.CompletedTask });
        await root.TrackAsync("a");

        var thrown = await Assert.ThrowsAsync<EventDeliveryException>(() => root.AdvanceUntilAsync(root.Events.FlushAsync(Token)));
        Assert.Equal(["stub"], thrown.Sinks);

        isDown = false;
        await root.Events.FlushAsync(Token);
        Assert.Equal(["a"], sink.AcceptedTypes);
    }

    [Fact]
    public async Task FlushAsync_SinkWhoseOwnFlushFails_Throws()
    {
        await using var root = new EventRoot();
        root.AddSink(sink: new() { OnFlush = _ => throw new IOException("full") });

        var thrown = await Assert.ThrowsAsync<EventDeliveryException>(() => root.Events.FlushAsync(Token));

        Assert.IsType<IOException>(thrown.InnerException);
    }

    [Fact]
    public async Task FlushAsync_Cancelled_Throws()
    {
        await using var root = new EventRoot(b => b.ConfigureEvents(o => o.ShutdownTimeout = TimeSpan.Zero));
        using var cancellation = new CancellationTokenSource();
        var gate = new StubGate();
        root.AddSink(sink: new() { OnWrite = (_, _, token) => new(gate.WaitAsync(token)) });
        await root.TrackAsync("a");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => root.Events.FlushAsync(cancellation.Token));
    }

    [Fact]
    public async Task Removal_OfASink_WritesWhatWaitsAndNothingAfter()
    {
        await using var root = new EventRoot();
        var sink = new StubEventSink();
        var subscription = root.Events.AddSink(sink);
        await root.TrackAsync("a");

        await subscription.DisposeAsync();
        await root.TrackAsync("b");

        Assert.Equal(["a"], sink.AcceptedTypes);
        Assert.Empty(root.Events.GetSinks());
        await subscription.DisposeAsync();
    }

    [Fact]
    public async Task Removal_WhileAWriteRuns_WaitsForIt()
    {
        await using var root = new EventRoot();
        var gate = new StubGate();
        var sink = new StubEventSink { OnWrite = (_, _, token) => new(gate.WaitAsync(token)) };
        var subscription = root.Events.AddSink(sink, o => o.BatchSize = 1);
        await root.TrackAsync("a");
        await gate.Reached;

        var removal = subscription.DisposeAsync().AsTask();
        Assert.False(removal.IsCompleted);
        gate.Release();
        await removal;

        Assert.Equal(["a"], sink.AcceptedTypes);
    }

    [Fact]
    public async Task Removal_OfASinkThatIsDown_LetsWaitingCallsGo()
    {
        await using var root = new EventRoot(b => b.ConfigureEvents(o => o.ShutdownTimeout = TimeSpan.Zero));
        var sink = new StubEventSink { OnWrite = (_, _, _) => throw new InvalidOperationException() };
        var subscription = root.Events.AddSink(sink, o => o.Delivery = EventDelivery.Durable);
        var tracked = root.TrackAsync("a").AsTask();
        await sink.WaitForTriesAsync(1);

        await subscription.DisposeAsync();
        await tracked;

        var lost = root.Metrics.Only("aiobs.events.dropped");
        Assert.Equal((1L, "shutdown"), (lost.Value, lost.Tags["aiobs.reason"]));
    }

    [Fact]
    public async Task GetSinks_OfADisposedRoot_SaysThatTheyAreStopped()
    {
        await using var root = new EventRoot();
        root.AddSink();

        await root.Root.DisposeAsync();

        Assert.Equal(EventSinkState.Stopped, Assert.Single(root.Events.GetSinks()).State);
    }

    [Fact]
    public async Task Host_Stopped_FlushesAfterItsServices()
    {
        var sink = new StubEventSink();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAgentObservability()
            .AddEventSink(sink, o => o.BatchAge = TimeSpan.FromHours(1))
            .ConfigureEvents(o => o.ShutdownTimeout = HangGuard.Limit);
        builder.Services.AddHostedService<LateTracker>();
        using var host = builder.Build();
        await host.StartAsync(Token);

        await host.StopAsync(Token);

        Assert.Equal(["late"], sink.AcceptedTypes);
    }

    [Fact]
    public async Task Host_StoppedWhileASinkIsDown_StopsAllTheSame()
    {
        var sink = StubEventSink.FailingFirst(int.MaxValue);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAgentObservability()
            .AddEventSink(sink)
            .ConfigureEvents(o => o.ShutdownTimeout = TimeSpan.Zero);
        builder.Services.AddHostedService<LateTracker>();
        using var host = builder.Build();
        await host.StartAsync(Token);

        await host.StopAsync(Token);

        Assert.Empty(sink.Accepted);
    }

    private sealed class LateTracker(AgentObservability observability) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task StopAsync(CancellationToken cancellationToken) =>
            await observability.Events.TrackAsync("late", cancellationToken: cancellationToken);
    }
}

using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Events.Delivery;

public sealed class UnconfirmedTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ThrowOnFailure_Off_ReturnsTheAnswerAndWarns()
    {
        await using var root = Impatient();
        root.AddDurable(o => o.FailureThreshold = 1, StubEventSink.FailingFirst(int.MaxValue));

        var call = root.AskAsync(Calls.Answering);
        await root.AdvanceUntilAsync(call);

        Assert.Equal("Hello.", (await call).Text);
        Assert.Single(root.Logs.GetSnapshot(), log => log.Id.Id == 46);
        Assert.Equal("stub", root.Metrics.Only("aiobs.events.unconfirmed").Tags["aiobs.sink"]);
    }

    [Fact]
    public async Task ThrowOnFailure_On_SurfacesInTheCall()
    {
        await using var root = Impatient();
        root.AddDurable(Throwing, StubEventSink.FailingFirst(int.MaxValue));

        var call = root.AskAsync(Calls.Answering);
        var thrown = await Assert.ThrowsAsync<EventDeliveryException>(() => root.AdvanceUntilAsync(call));

        Assert.Equal(["stub"], thrown.Sinks);
    }

    [Fact]
    public async Task ThrowOnFailure_On_SurfacesAtTheEndOfAStreamAfterAllItsUpdates()
    {
        await using var root = Impatient();
        root.AddDurable(Throwing, StubEventSink.FailingFirst(int.MaxValue));
        using var client = new StubChatClient().UseAgentObservability(root.Root);
        List<string> read = [];

        async Task ReadAsync()
        {
            await foreach (var update in client.GetStreamingResponseAsync("Hi", cancellationToken: Token))
            {
                read.Add(update.Text);
            }
        }

        await Assert.ThrowsAsync<EventDeliveryException>(() => root.AdvanceUntilAsync(ReadAsync()));
        Assert.Equal(["Hel", "lo."], read);
    }

    [Fact]
    public async Task ThrowOnFailure_On_LeavesAFailedCallItsOwnException()
    {
        await using var root = Impatient();
        root.AddDurable(Throwing, StubEventSink.FailingFirst(int.MaxValue));
        var failure = new InvalidOperationException("no");

        var call = root.AskAsync(StubChatClient.Throwing(failure));

        Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(() => root.AdvanceUntilAsync(call)));
        Assert.Single(root.Logs.GetSnapshot(), log => log.Id.Id == 46);
    }

    [Fact]
    public async Task ThrowOnFailure_On_LeavesAToolItsResult()
    {
        await using var root = Impatient();
        root.AddDurable(Throwing, StubEventSink.FailingFirst(int.MaxValue));

        var call = AIFunctionFactory.Create(() => "done", "work").Observed(root.Root).InvokeAsync(cancellationToken: Token).AsTask();
        await root.AdvanceUntilAsync(call);

        Assert.Equal("done", (await call)?.ToString());
    }

    [Fact]
    public async Task ThrowOnFailure_On_SurfacesInTrackAsync()
    {
        await using var root = Impatient();
        root.AddDurable(Throwing, StubEventSink.FailingFirst(int.MaxValue));

        await Assert.ThrowsAsync<EventDeliveryException>(() => root.AdvanceUntilAsync(root.TrackAsync("a").AsTask()));
    }

    [Fact]
    public async Task Write_ThatFailsOnce_IsConfirmedByTheNextTry()
    {
        await using var root = new EventRoot();
        var sink = root.AddDurable(Throwing, StubEventSink.FailingFirst(1));

        await root.AdvanceUntilAsync(root.AskAsync(Calls.Answering));

        Assert.Equal(2, sink.Accepted.Count);
    }

    [Fact]
    public async Task DurableTimeout_Over_EndsTheWaitAndKeepsTheEvents()
    {
        await using var root = new EventRoot();
        var gate = new StubGate();
        var sink = root.AddDurable(
            o =>
            {
                Throwing(o);
                o.DurableTimeout = TimeSpan.FromSeconds(3);
            },
            Waiting(gate));

        var tracked = root.TrackAsync("a").AsTask();
        await gate.Reached;
        root.Clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(tracked.IsCompleted);
        await Assert.ThrowsAsync<EventDeliveryException>(() => root.AdvanceUntilAsync(tracked));

        gate.Release();
        await sink.WaitForAcceptedAsync(1);
    }

    [Fact]
    public async Task CircuitOpens_LetsWaitingCallsGo()
    {
        await using var root = Impatient();
        root.AddDurable(Throwing, StubEventSink.FailingFirst(int.MaxValue));

        var thrown = await Assert.ThrowsAsync<EventDeliveryException>(() => root.AdvanceUntilAsync(root.TrackAsync("a").AsTask()));

        Assert.Equal(EventSinkState.Broken, root.Events.GetSinks()[0].State);
        Assert.IsType<InvalidOperationException>(thrown.GetBaseException());
    }

    [Fact]
    public async Task CircuitOpen_DoesNotLetCallsWait()
    {
        await using var root = Impatient();
        var sink = root.AddDurable(
            o =>
            {
                o.FailureThreshold = 1;
                o.MaxBackOff = o.BackOff = TimeSpan.FromHours(1);
            },
            StubEventSink.FailingFirst(int.MaxValue));
        await root.AdvanceUntilAsync(root.TrackAsync("a").AsTask());

        await root.TrackAsync("b");

        Assert.Single(sink.Tries);
    }

    [Fact]
    public async Task QueueFull_LetsTheCallWaitForRoom()
    {
        await using var root = new EventRoot();
        var gate = new StubGate();
        var sink = root.AddDurable(
            o =>
            {
                Throwing(o);
                o.QueueCapacity = 1;
                o.BatchSize = 1;
            },
            Waiting(gate));

        Task[] calls = [root.AskAsync(Calls.Answering), root.AskAsync(Calls.Answering), root.TrackAsync("a").AsTask()];
        await gate.Reached;
        Assert.All(calls, call => Assert.False(call.IsCompleted));
        gate.Release();
        await Task.WhenAll(calls);

        Assert.Equal(5, sink.Accepted.Count);
        Assert.Equal(0, root.Events.GetSinks()[0].Dropped);
    }

    [Fact]
    public async Task QueueFull_ForTooLong_CountsAndSurfaces()
    {
        await using var root = Impatient();
        var gate = new StubGate();
        root.AddDurable(
            o =>
            {
                Throwing(o);
                o.QueueCapacity = 2;
                o.BatchSize = 1;
                o.DurableTimeout = TimeSpan.FromSeconds(5);
            },
            Waiting(gate));
        var first = root.TrackAsync("a").AsTask();
        await gate.Reached;
        var second = root.TrackAsync("b").AsTask();
        var third = root.TrackAsync("c").AsTask();

        await Assert.ThrowsAsync<EventDeliveryException>(() => root.AdvanceUntilAsync(third));

        Assert.Equal(1, root.Events.GetSinks()[0].Dropped);
        await Assert.ThrowsAsync<EventDeliveryException>(() => first);
        await Assert.ThrowsAsync<EventDeliveryException>(() => second);
    }

    [Fact]
    public async Task Caller_CancelledWhileItWaits_GetsItsAnswerAndTheEventsStay()
    {
        await using var root = new EventRoot();
        using var cancellation = new CancellationTokenSource();
        var gate = new StubGate();
        var sink = root.AddDurable(sink: Waiting(gate));
        using var client = Calls.Answering.UseAgentObservability(root.Root);

        var call = client.GetResponseAsync("Hi", cancellationToken: cancellation.Token);
        await gate.Reached;
        await cancellation.CancelAsync();

        Assert.Equal("Hello.", (await call).Text);
        gate.Release();
        await sink.WaitForAcceptedAsync(2);
    }

    [Fact]
    public async Task Caller_CancelledWhileItWaits_IsToldSoWhereFailuresThrow()
    {
        await using var root = new EventRoot();
        using var cancellation = new CancellationTokenSource();
        var gate = new StubGate();
        root.AddDurable(Throwing, Waiting(gate));

        var tracked = root.Events.TrackAsync("a", cancellationToken: cancellation.Token).AsTask();
        await gate.Reached;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tracked);
        gate.Release();
    }

    [Fact]
    public async Task Event_GivenUp_IsNotConfirmed()
    {
        await using var root = new EventRoot();
        root.AddDurable(
            o =>
            {
                Throwing(o);
                o.BackOff = TimeSpan.FromMilliseconds(1);
                o.MaxBackOff = TimeSpan.FromMilliseconds(2);
                o.FailureThreshold = 1_000;
            },
            new() { OnWrite = (_, events, _) => events.Any(item => item.Type == "poison") ? throw new FormatException() : ValueTask.CompletedTask });

        var poison = root.TrackAsync("poison").AsTask();
        while (!poison.IsCompleted)
        {
            await root.AdvanceUntilAsync(root.TrackAsync("next").AsTask());
        }

        var thrown = await Assert.ThrowsAsync<EventDeliveryException>(() => poison);
        Assert.IsType<FormatException>(thrown.InnerException);
    }

    /// <summary>A root that does not wait at its end for a sink that never works.</summary>
    private static EventRoot Impatient() => new(b => b.ConfigureEvents(o => o.ShutdownTimeout = TimeSpan.Zero));

    private static void Throwing(EventSinkOptions options) => options.ThrowOnFailure = true;

    private static StubEventSink Waiting(StubGate gate) => new() { OnWrite = (_, _, token) => new(gate.WaitAsync(token)) };
}

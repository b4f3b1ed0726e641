using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;

namespace AiObs.Tests.Events.Delivery;

public sealed class FailingSinkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sink_ThatFailed_ComesBackByItself()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink(o => o.BatchSize = 1, StubEventSink.FailingFirst(5));

        await root.TrackAsync("a");
        await sink.WaitForTriesAsync(1);
        await root.AdvanceUntilAsync(sink.WaitForAcceptedAsync(1));
        await root.TrackAsync("b");
        await sink.WaitForAcceptedAsync(2);

        Assert.Equal(["a", "b"], sink.AcceptedTypes);
        await root.Events.FlushAsync(Token);
        Assert.Equal(EventSinkState.Working, root.Events.GetSinks()[0].State);
        Assert.Equal([40, 41, 42], root.Logs.GetSnapshot().Select(log => log.Id.Id));
    }

    [Fact]
    public async Task Sink_ThatFails_HurtsNoOther()
    {
        await using var root = new EventRoot(b => b.ConfigureEvents(o => o.ShutdownTimeout = TimeSpan.Zero));
        root.AddSink(o => o.BatchSize = 1, StubEventSink.FailingFirst(int.MaxValue));
        var healthy = root.AddSink(o => o.BatchSize = 1);

        await root.TrackAsync("a", "b");

        await healthy.WaitForAcceptedAsync(2);
    }

    [Fact]
    public async Task Batch_ThatFailed_IsWrittenAgainWholeAndInOrder()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink(o => o.BatchSize = 3, StubEventSink.FailingFirst(1));

        await root.TrackAsync("a", "b", "c");
        await sink.WaitForTriesAsync(1);
        await root.TrackAsync("d");
        await root.AdvanceUntilAsync(sink.WaitForAcceptedAsync(4));

        Assert.Equal(["a", "b", "c"], sink.Tries[1].Select(item => item.Type));
        Assert.Equal(["a", "b", "c", "d"], sink.AcceptedTypes);
    }

    [Fact]
    public async Task FailureThreshold_Reached_OpensTheCircuit()
    {
        await using var root = new EventRoot(b => b.ConfigureEvents(o => o.ShutdownTimeout = TimeSpan.Zero));
        root.AddSink(
            o =>
            {
                o.BatchSize = 1;
                o.FailureThreshold = 2;
            },
            StubEventSink.FailingFirst(int.MaxValue));
        await root.TrackAsync("a");

        await FailuresAsync(root, 1);
        Assert.Equal(EventSinkState.Retrying, root.Events.GetSinks()[0].State);
        await root.AdvanceUntilAsync(FailuresAsync(root, 2));
        var status = root.Events.GetSinks()[0];

        Assert.Equal(EventSinkState.Broken, status.State);
        Assert.Equal("System.InvalidOperationException", status.LastErrorType);
        Assert.NotNull(status.LastFailure);
        Assert.Null(status.LastSuccess);
    }

    [Fact]
    public async Task BackOff_Grows_UpToMaxBackOff()
    {
        await using var root = new EventRoot();
        List<DateTimeOffset> times = [];
        var sink = new StubEventSink
        {
            OnWrite = (number, _, _) =>
            {
                times.Add(root.Clock.GetUtcNow());
                return number < 12 ? throw new InvalidOperationException() : ValueTask.CompletedTask;
            },
        };
        root.AddSink(
            o =>
            {
                o.BatchAge = TimeSpan.Zero;
                o.BackOff = TimeSpan.FromSeconds(4);
                o.MaxBackOff = TimeSpan.FromSeconds(50);
            },
            sink);

        await root.TrackAsync("a");
        await root.AdvanceUntilAsync(sink.WaitForAcceptedAsync(1));

        var pauses = times.Zip(times.Skip(1), (one, next) => (next - one).TotalSeconds).ToList();
        Assert.InRange(pauses[0], 0, 20);
        Assert.InRange(pauses.Max(), 30, 50);
        Assert.All(pauses.TakeLast(4), pause => Assert.InRange(pause, 30, 50));
    }

    [Fact]
    public async Task WriteTimeout_Over_CancelsTheWriteAndTriesAgain()
    {
        await using var root = new EventRoot();
        CancellationToken seen = default;
        var gate = new StubGate();
        var sink = root.AddSink(
            o =>
            {
                o.BatchSize = 1;
                o.WriteTimeout = TimeSpan.FromSeconds(7);
            },
            new()
            {
                OnWrite = (number, _, token) =>
                {
                    seen = number == 0 ? token : seen;
                    return number == 0 ? new(gate.WaitAsync(token)) : ValueTask.CompletedTask;
                },
            });
        await root.TrackAsync("a");
        await gate.Reached;

        root.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.False(seen.IsCancellationRequested);
        await root.AdvanceUntilAsync(sink.WaitForAcceptedAsync(1));

        Assert.True(seen.IsCancellationRequested);
        Assert.Equal("System.TimeoutException", root.Events.GetSinks()[0].LastErrorType);
    }

    [Fact]
    public async Task Write_ThatIgnoresItsCancellation_IsLeftBehindAndNeverOverlapped()
    {
        await using var root = new EventRoot();
        var gate = new StubGate();
        var sink = root.AddSink(
            o =>
            {
                o.BatchSize = 1;
                o.WriteTimeout = TimeSpan.FromSeconds(10);
            },
            Deaf(gate));
        await root.TrackAsync("a");
        await gate.Reached;

        await root.AdvanceUntilAsync(LoggedAsync(root, 44));
        Assert.Equal(EventSinkState.Hung, root.Events.GetSinks()[0].State);
        await root.TrackAsync("b");
        root.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Single(sink.Tries);

        gate.Release();
        await root.AdvanceUntilAsync(sink.WaitForAcceptedAsync(2));
        Assert.Equal(["a", "b"], sink.AcceptedTypes);
        Assert.False(sink.HasOverlapped);
    }

    [Fact]
    public async Task Sink_ThatBlocksItsThread_HurtsNoOther()
    {
        await using var root = new EventRoot(b => b.ConfigureEvents(o => o.ShutdownTimeout = TimeSpan.Zero));
        using var blocked = new ManualResetEventSlim();
        root.AddSink(o => o.BatchSize = 1, new()
        {
            OnWrite = (_, _, _) =>
            {
                blocked.Wait(Token);
                return ValueTask.CompletedTask;
            },
        });
        var healthy = root.AddSink(o => o.BatchSize = 1);

        await root.TrackAsync("a", "b");
        await healthy.WaitForAcceptedAsync(2);

        await root.Root.DisposeAsync();
        blocked.Set();
    }

    [Fact]
    public async Task Event_ThatTheSinkRefusesWhileItAcceptsOthers_IsGivenUp()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink(o => o.BatchSize = 4, Refusing("poison"));

        await root.TrackAsync("a", "poison", "b", "c");
        await TrackUntilDroppedAsync(root, sink);

        await root.Events.FlushAsync(Token);
        Assert.DoesNotContain("poison", sink.AcceptedTypes);
        Assert.Superset(new HashSet<string> { "a", "b", "c" }, sink.AcceptedTypes.ToHashSet());
        Assert.Equal("refused", root.Metrics.Only("aiobs.events.dropped").Tags["aiobs.reason"]);
        Assert.Equal("poison", Assert.Single(root.Logs.GetSnapshot(), log => log.Id.Id == 47).GetStructuredStateValue("Type"));
    }

    [Fact]
    public async Task Event_RefusedAlone_WaitsForAnotherToBeToldFromASinkThatIsDown()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink(o => o.BatchSize = 1, Refusing("poison"));

        await root.TrackAsync("poison");
        await root.AdvanceUntilAsync(sink.WaitForTriesAsync(10));
        Assert.Equal(0, root.Events.GetSinks()[0].Dropped);

        await TrackUntilDroppedAsync(root, sink);
        Assert.Equal(1, root.Events.GetSinks()[0].Dropped);
    }

    [Fact]
    public async Task Event_RefusedForAWhile_IsWrittenThoughNothingElseComes()
    {
        await using var root = new EventRoot();
        var refusals = 0;
        var sink = root.AddSink(o => o.BatchSize = 3, new()
        {
            OnWrite = (_, events, _) =>
                events.Any(item => item.Type == "late") && refusals++ < 12 ? throw new FormatException() : ValueTask.CompletedTask,
        });

        await root.TrackAsync("a", "late", "b");
        await root.AdvanceUntilAsync(sink.WaitForAcceptedAsync(3));

        Assert.Equal(["a", "b", "late"], sink.AcceptedTypes);
        Assert.Equal(0, root.Events.GetSinks()[0].Dropped);
    }

    [Fact]
    public async Task Sink_ThatIsDownForLong_LosesNothingThatWaits()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink(o => o.BatchSize = 4, StubEventSink.FailingFirst(60));

        await root.TrackAsync("a", "b", "c", "d", "e", "f");
        await root.AdvanceUntilAsync(sink.WaitForAcceptedAsync(6));

        Assert.Equal(["a", "b", "c", "d", "e", "f"], sink.AcceptedTypes.Order(StringComparer.Ordinal));
        Assert.Equal(0, root.Events.GetSinks()[0].Dropped);
    }

    private static StubEventSink Refusing(string type) => new()
    {
        OnWrite = (_, events, _) => events.Any(item => item.Type == type) ? throw new FormatException() : ValueTask.CompletedTask,
    };

    /// <summary>A sink whose first write ends with the gate and nothing else.</summary>
    private static StubEventSink Deaf(StubGate gate) => new()
    {
        OnWrite = (number, _, _) => number == 0 ? new(gate.WaitAsync(CancellationToken.None)) : ValueTask.CompletedTask,
    };

    private static async Task FailuresAsync(EventRoot root, int count) => await UntilAsync(() => root.Events.GetSinks()[0].Failures >= count);

    private static async Task DroppedAsync(EventRoot root, long count) => await UntilAsync(() => root.Events.GetSinks()[0].Dropped >= count);

    private static async Task LoggedAsync(EventRoot root, int eventId) => await UntilAsync(() => root.Logs.GetSnapshot().Any(log => log.Id.Id == eventId));

    private static async Task TrackUntilDroppedAsync(EventRoot root, StubEventSink sink)
    {
        var dropped = DroppedAsync(root, 1);
        while (!dropped.IsCompleted)
        {
            var accepted = sink.WaitForAcceptedAsync(sink.Accepted.Count + 1);
            await root.TrackAsync("next");
            await root.AdvanceUntilAsync(Task.WhenAny(dropped, accepted));
        }
    }

    private static async Task UntilAsync(Func<bool> isReached)
    {
        while (!isReached())
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}

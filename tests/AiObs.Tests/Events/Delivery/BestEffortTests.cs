using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;

namespace AiObs.Tests.Events.Delivery;

public sealed class BestEffortTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_WithASinkThatHangs_DoesNotWait()
    {
        await using var root = new EventRoot(b => b.ConfigureEvents(o => o.ShutdownTimeout = TimeSpan.Zero));
        var gate = new StubGate();
        root.AddSink(o => o.BatchAge = TimeSpan.Zero, new() { OnWrite = (_, _, token) => new(gate.WaitAsync(token)) });

        await root.AskAsync(Calls.Answering);
        await gate.Reached;
        var response = await root.AskAsync(Calls.Answering);

        Assert.Equal("Hello.", response.Text);
    }

    [Fact]
    public async Task BatchSize_Reached_WritesAtOnce()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink(o => o.BatchSize = 3);

        await root.TrackAsync("a", "b", "c");

        await sink.WaitForAcceptedAsync(3);
        Assert.Equal(["a", "b", "c"], Assert.Single(sink.Tries).Select(item => item.Type));
    }

    [Fact]
    public async Task BatchSize_IsTheMostThatIsWrittenAtOnce()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink(o => o.BatchSize = 2);

        await root.TrackAsync("a", "b", "c", "d", "e");

        await root.Events.FlushAsync(Token);
        Assert.Equal(["a", "b", "c", "d", "e"], sink.AcceptedTypes);
        Assert.All(sink.Tries, batch => Assert.InRange(batch.Count, 1, 2));
    }

    [Fact]
    public async Task BatchAge_Over_WritesWhatThereIs()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink(o => o.BatchAge = TimeSpan.FromSeconds(5));
        await root.TrackAsync("a");

        root.Clock.Advance(TimeSpan.FromSeconds(4));
        await root.TrackAsync("b");
        Assert.Empty(sink.Tries);
        root.Clock.Advance(TimeSpan.FromSeconds(1));

        await sink.WaitForAcceptedAsync(2);
        Assert.Single(sink.Tries);
    }

    [Fact]
    public async Task BatchAge_Zero_WritesAtOnce()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink(o => o.BatchAge = TimeSpan.Zero);

        await root.TrackAsync("a");

        await sink.WaitForAcceptedAsync(1);
    }

    [Theory]
    [InlineData(false, new[] { "first", "a", "b" })]
    [InlineData(true, new[] { "first", "c", "d" })]
    public async Task DropOldest_QueueFull_DecidesWhichEventGoes(bool dropsOldest, string[] expected)
    {
        await using var root = new EventRoot();
        var gate = new StubGate();
        var sink = root.AddSink(
            o =>
            {
                o.DropOldest = dropsOldest;
                o.QueueCapacity = 3;
                o.BatchSize = 1;
            },
            new() { OnWrite = (_, _, token) => new(gate.WaitAsync(token)) });
        await root.TrackAsync("first");
        await gate.Reached;

        await root.TrackAsync("a", "b", "c", "d");

        Assert.Equal(2, root.Events.GetSinks()[0].Dropped);
        Assert.All(root.Metrics.Of("aiobs.events.dropped"), drop => Assert.Equal(("stub", "full"), (drop.Tags["aiobs.sink"], drop.Tags["aiobs.reason"])));
        Assert.Single(root.Logs.GetSnapshot(), log => log.Id.Id == 43);
        gate.Release();
        await root.Events.FlushAsync(Token);
        Assert.Equal(expected, sink.AcceptedTypes);
    }

    [Fact]
    public async Task QueueCapacity_IsHowManyEventsWait()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink(o => o.QueueCapacity = 3);

        await root.TrackAsync("a", "b", "c", "d");

        Assert.Equal((3L, 3, 1L), root.Events.GetSinks().Select(s => (s.Queued, s.Capacity, s.Dropped)).Single());
        await root.Events.FlushAsync(Token);
        Assert.Equal(["a", "b", "c"], sink.AcceptedTypes);
    }

    [Fact]
    public async Task QueueCapacityBytes_IsHowMuchTheEventsThatWaitMayTake()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink(o => o.QueueCapacityBytes = 10_000);

        foreach (var type in (string[])["a", "b", "c", "d"])
        {
            await root.Events.TrackAsync(type, new Dictionary<string, object?> { ["text"] = new string('x', 2_000) }, cancellationToken: Token);
        }

        Assert.Equal((2L, 2L), root.Events.GetSinks().Select(s => (s.Queued, s.Dropped)).Single());
        await root.Events.FlushAsync(Token);
        Assert.Equal(["a", "b"], sink.AcceptedTypes);
    }

    [Fact]
    public async Task Metrics_OfASink_CountWhatItDoes()
    {
        await using var root = new EventRoot();
        root.AddSink();

        await root.TrackAsync("a", "b");
        root.Metrics.RecordObservableInstruments();
        await root.Events.FlushAsync(Token);

        Assert.Equal(2L, root.Metrics.Only("aiobs.events.queued").Value);
        Assert.Equal(2L, root.Metrics.Only("aiobs.events.written").Value);
    }

    [Fact]
    public async Task Events_FromManyThreads_AreAllWrittenOnce()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink(o => o.BatchSize = 7);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(
            async () =>
            {
                for (var i = 0; i < 250; i++)
                {
                    await root.TrackAsync($"{writer}.{i}");
                }
            },
            Token)));

        await root.Events.FlushAsync(Token);
        Assert.Equal(2_000, sink.AcceptedTypes.Distinct().Count());
        Assert.Equal(2_000, sink.Accepted.Count);
        Assert.False(sink.HasOverlapped);
        Assert.All(
            sink.AcceptedTypes.GroupBy(type => type.Split('.')[0]),
            writer => Assert.Equal(Enumerable.Range(0, 250).Select(i => $"{writer.Key}.{i}"), writer));
    }

    [Fact]
    public async Task Sink_ThatAsksAModel_RaisesNoEventsByIt()
    {
        await using var root = new EventRoot();
        var sink = new StubEventSink();
        sink.OnWrite = async (number, _, _) =>
        {
            if (number == 0)
            {
                await root.AskAsync(Calls.Answering);
            }
        };
        root.AddSink(sink: sink);

        await root.TrackAsync("first");
        await root.Events.FlushAsync(Token);
        await root.Events.FlushAsync(Token);

        Assert.Equal(["first"], sink.AcceptedTypes);
    }

    [Fact]
    public async Task Worker_StartedInsideOfAScope_DoesNotLiveInIt()
    {
        await using var root = new EventRoot();
        var sink = new StubEventSink();
        string? seen = "nothing";
        sink.OnWrite = (_, _, _) =>
        {
            seen = AgentContext.Current?.UserId;
            return ValueTask.CompletedTask;
        };

        using (AgentContext.Begin(userId: "u1"))
        {
            root.AddSink(sink: sink);
            await root.TrackAsync("a");
        }

        await root.Events.FlushAsync(Token);
        Assert.Null(seen);
    }
}

using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;

namespace AiObs.Tests.Events;

public sealed class EventRedactionTests
{
    private static readonly Dictionary<string, object?> Data = new() { ["card"] = "4111" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Redact_ReturnsAChangedEvent_IsWhatSinksSee()
    {
        await using var root = Redacting(item => item with { Data = new Dictionary<string, object?> { ["card"] = "#" }, Content = "\"#\"", UserId = null });
        var sink = root.AddSink();

        await TrackAsync(root);

        var item = await root.OnlyAsync(sink, "paid");
        Assert.Equal([new("card", "#")], item.Data);
        Assert.Equal(("\"#\"", null), (item.Content, item.UserId));
    }

    [Fact]
    public async Task Redact_SeesEveryEvent_AlsoThoseOfCalls()
    {
        List<string> seen = [];
        await using var root = Redacting(item =>
        {
            seen.Add(item.Type);
            return item;
        });
        var sink = root.AddSink();

        await root.AskAsync(Calls.Answering);
        await TrackAsync(root);

        await root.Events.FlushAsync(Token);
        Assert.Equal(sink.AcceptedTypes, seen);
        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public async Task Redact_Hangs_CostsTheContentAndNotTheCall()
    {
        using var release = new ManualResetEventSlim();
        await using var root = new EventRoot(builder =>
        {
            builder.Configure(options => options.CallbackTimeout = TimeSpan.FromMilliseconds(50));
            builder.ConfigureEvents(options => options.Redact = item =>
            {
                release.Wait(Token);
                return item;
            });
        });
        var sink = root.AddSink();

        await TrackAsync(root);
        release.Set();

        var item = await root.OnlyAsync(sink, "paid");
        Assert.Null(item.Content);
        Assert.Empty(item.Data);
    }

    [Fact]
    public async Task Redact_ReturnsNothing_DropsTheEventAndCountsIt()
    {
        await using var root = Redacting(item => item.Type == "paid" ? null : item);
        var sink = root.AddSink();

        Assert.Null(await TrackAsync(root));
        await root.TrackAsync("kept");

        await root.Events.FlushAsync(Token);
        Assert.Equal(["kept"], sink.AcceptedTypes);
        Assert.Equal("redacted", root.Metrics.Only("aiobs.events.dropped").Tags["aiobs.reason"]);
    }

    [Fact]
    public async Task Redact_ChangesIdAndTime_LeavesThemAsTheyAre()
    {
        await using var root = Redacting(item => item with { Id = Guid.Empty, Time = default });
        var sink = root.AddSink();
        var id = Guid.NewGuid();

        await root.Events.TrackAsync("paid", id: id, cancellationToken: Token);

        var item = await root.OnlyAsync(sink, "paid");
        Assert.Equal((id, root.Clock.GetUtcNow()), (item.Id, item.Time));
    }

    [Fact]
    public async Task Redact_Throws_KeepsAnEventOfACallWithoutItsContent()
    {
        await using var root = Redacting(_ => throw new InvalidOperationException("4111"));
        var sink = root.AddSink();

        await root.AskAsync(Calls.Answering);

        var received = await root.OnlyAsync(sink, AgentEventTypes.ResponseReceived);
        Assert.Null(received.Content);
        Assert.Equal(7L, received.Data["input_tokens"]);
        Assert.Equal(2, root.Metrics.Of("aiobs.faults").Count);
        Assert.DoesNotContain("4111", Assert.Single(root.Logs.GetSnapshot()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redact_Throws_KeepsATrackedEventWithoutContentAndData()
    {
        await using var root = Redacting(_ => throw new InvalidOperationException());
        var sink = root.AddSink();

        await TrackAsync(root);

        var item = await root.OnlyAsync(sink, "paid");
        Assert.Null(item.Content);
        Assert.Empty(item.Data);
        Assert.Equal("u1", item.UserId);
    }

    [Fact]
    public async Task Redact_ReturnsWhatNoEventCanCarry_CountsAsThrowing()
    {
        await using var root = Redacting(item => item.Type == "paid"
            ? item with { Content = "no JSON" }
            : item with { Data = new Dictionary<string, object?> { ["sink"] = new StubEventSink() } });
        var sink = root.AddSink();

        await TrackAsync(root);
        await root.TrackAsync("other");

        Assert.Empty((await root.OnlyAsync(sink, "paid")).Data);
        Assert.Empty((await root.OnlyAsync(sink, "other")).Data);
        Assert.Equal(2, root.Metrics.Of("aiobs.faults").Count);
    }

    [Fact]
    public async Task Redact_AddsContent_DoesNotPassTheGate()
    {
        await using var root = new EventRoot(b => b.ConfigureEvents(o => o.Redact = item => item with { Content = "\"said\"" }));
        var sink = root.AddSink();

        await TrackAsync(root);

        Assert.Null((await root.OnlyAsync(sink, "paid")).Content);
    }

    [Fact]
    public async Task KeepTrackedContent_LetsContentPassThatTheGateWouldHold()
    {
        await using var root = new EventRoot(b => b.ConfigureEvents(o => o.KeepTrackedContent = true));
        var sink = root.AddSink();

        await TrackAsync(root);
        await root.AskAsync(Calls.Answering);

        Assert.Equal("\"said\"", (await root.OnlyAsync(sink, "paid")).Content);
        Assert.Null((await root.OnlyAsync(sink, AgentEventTypes.ResponseReceived)).Content);
    }

    [Fact]
    public async Task Redact_Throws_DoesNotReachTheCaller()
    {
        await using var root = Redacting(_ => throw new InvalidOperationException());
        root.AddSink();

        var response = await root.AskAsync(new StubChatClient());

        Assert.Equal("Hello.", response.Text);
    }

    private static EventRoot Redacting(Func<AgentEvent, AgentEvent?> redact) =>
        EventRoot.WithContent(build: b => b.ConfigureEvents(o => o.Redact = redact));

    private static ValueTask<AgentEvent?> TrackAsync(EventRoot root) =>
        root.Events.TrackAsync("paid", Data, "said", userId: "u1", cancellationToken: Token);
}

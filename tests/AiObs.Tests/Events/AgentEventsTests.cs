using System.Diagnostics;
using System.Globalization;
using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;

namespace AiObs.Tests.Events;

public sealed class AgentEventsTests
{
    private static readonly Guid Id = Guid.Parse("01980000-0000-7000-8000-000000000001", CultureInfo.InvariantCulture);
    private static readonly DateTimeOffset Time = new(2025, 5, 4, 3, 2, 1, TimeSpan.FromHours(2));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TrackAsync_ExplicitValues_AreKept()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();

        var returned = await root.Events.TrackAsync(
            "order_placed", new Dictionary<string, object?> { ["items"] = 3 }, null, Id, Time, "c1", "u1", "s1", Token);

        var item = await root.OnlyAsync(sink, "order_placed");
        Assert.Same(item, returned);
        Assert.Equal((Id, Time, "c1", "u1", "s1"), (item.Id, item.Time, item.ConversationId, item.UserId, item.SessionId));
        Assert.Equal([new("items", 3)], item.Data);
    }

    [Fact]
    public async Task TrackAsync_NoValues_TakesThemFromTheFlow()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();

        using (AgentContext.Begin(conversationId: "c2", userId: "u2", sessionId: "s2"))
        using (var activity = new Activity("request").Start())
        {
            await root.TrackAsync("clicked");

            var item = await root.OnlyAsync(sink, "clicked");
            Assert.Equal(("c2", "u2", "s2"), (item.ConversationId, item.UserId, item.SessionId));
            Assert.Equal((activity.TraceId.ToHexString(), activity.SpanId.ToHexString()), (item.TraceId, item.SpanId));
            Assert.Equal(root.Clock.GetUtcNow(), item.Time);
            Assert.Equal(7, item.Id.Version);
        }
    }

    [Fact]
    public async Task TrackAsync_InsideOfAnObservedCall_HasItsConversationAndSpan()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink(o => o.Types.Add("inside"));
        var client = new StubChatClient
        {
            OnResponse = async _ =>
            {
                await root.TrackAsync("inside");
                return new();
            },
        };

        await root.AskAsync(client);

        var item = await root.OnlyAsync(sink, "inside");
        Assert.Equal(root.Spans.Only().SpanId.ToHexString(), item.SpanId);
    }

    [Fact]
    public async Task TrackAsync_AnEvent_FillsInWhatItDoesNotSay()
    {
        await using var root = EventRoot.WithContent();
        var sink = root.AddSink();
        var made = new AgentEvent { Id = Id, Time = Time, Type = "made", UserId = "own", Content = """{"a": 1}""" };

        using (AgentContext.Begin(conversationId: "c3", userId: "flow"))
        {
            await root.Events.TrackAsync(made, Token);
        }

        var item = await root.OnlyAsync(sink, "made");
        Assert.Equal((Id, Time, "c3", "own"), (item.Id, item.Time, item.ConversationId, item.UserId));
        Assert.Equal("""{"a": 1}""", item.Content);
    }

    [Fact]
    public async Task TrackAsync_UserIdHashKey_HashesExplicitUsersLikeOthers()
    {
        await using var root = new EventRoot(b => b.Configure(o => o.Privacy.UserIdHashKey = "0123456789abcdef"));
        var sink = root.AddSink();

        await root.Events.TrackAsync("explicit", userId: "u1", cancellationToken: Token);
        using (AgentContext.Begin(userId: "u1"))
        {
            await root.TrackAsync("ambient");
        }

        var ofExplicit = await root.OnlyAsync(sink, "explicit");
        var ofAmbient = await root.OnlyAsync(sink, "ambient");
        Assert.Equal(32, ofExplicit.UserId!.Length);
        Assert.Equal(ofAmbient.UserId, ofExplicit.UserId);
    }

    [Fact]
    public async Task TrackAsync_DataChangedAfterwards_StaysAsItWas()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();
        var list = new List<int> { 1 };
        var data = new Dictionary<string, object?> { ["list"] = list };

        await root.Events.TrackAsync("copied", data, cancellationToken: Token);
        list.Add(2);
        data["more"] = true;

        var item = await root.OnlyAsync(sink, "copied");
        Assert.Equal(["list"], item.Data.Keys);
        Assert.Equal([1], Assert.IsType<object?[]>(item.Data["list"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("with\nbreak")]
    public async Task TrackAsync_TypeThatIsNone_Throws(string type)
    {
        await using var root = new EventRoot();

        await Assert.ThrowsAsync<ArgumentException>(async () => await root.TrackAsync(type));
    }

    [Fact]
    public async Task TrackAsync_TypeTooLong_Throws()
    {
        await using var root = new EventRoot();

        await Assert.ThrowsAsync<ArgumentException>(async () => await root.TrackAsync(new string('a', 129)));
    }

    [Fact]
    public async Task TrackAsync_ValueThatNoEventCarries_SaysWhereAndWhat()
    {
        await using var root = new EventRoot();
        var data = new Dictionary<string, object?> { ["a"] = new object[] { 1, new Dictionary<string, object?> { ["b"] = new Uri("http://x") } } };

        var thrown = await Assert.ThrowsAsync<ArgumentException>(
            async () => await root.Events.TrackAsync("wrong", data, cancellationToken: Token));

        Assert.StartsWith("data['a'][1]['b'] is a System.Uri.", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrackAsync_DataThatNeverEnds_Throws()
    {
        await using var root = new EventRoot();
        var data = new Dictionary<string, object?>();
        data["itself"] = data;

        await Assert.ThrowsAsync<ArgumentException>(async () => await root.Events.TrackAsync("endless", data, cancellationToken: Token));
    }

    [Fact]
    public async Task TrackAsync_MoreValuesThanAnEventCarries_Throws()
    {
        await using var root = new EventRoot();
        var data = new Dictionary<string, object?> { ["many"] = Enumerable.Range(0, 1_000).ToArray() };

        await Assert.ThrowsAsync<ArgumentException>(async () => await root.Events.TrackAsync("many", data, cancellationToken: Token));
    }

    [Fact]
    public async Task TrackAsync_KeyTwice_Throws()
    {
        await using var root = new EventRoot();

        await Assert.ThrowsAsync<ArgumentException>(
            async () => await root.Events.TrackAsync("twice", [new("k", 1), new("k", 2)], cancellationToken: Token));
    }

    [Fact]
    public async Task TrackAsync_EventWithoutIdOrTimeOrWithContentThatIsNoJson_Throws()
    {
        await using var root = new EventRoot();
        var valid = new AgentEvent { Id = Id, Time = Time, Type = "made" };

        await Assert.ThrowsAsync<ArgumentException>(async () => await root.Events.TrackAsync(valid with { Id = Guid.Empty }, Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await root.Events.TrackAsync(valid with { Time = default }, Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await root.Events.TrackAsync(valid with { Content = "plain" }, Token));
    }

    [Fact]
    public async Task TrackAsync_NoSinkWantsIt_ReturnsNothing()
    {
        await using var root = new EventRoot();
        Assert.Null(await root.TrackAsync("nobody"));

        root.AddSink(o => o.Types.Add("other"));
        Assert.Null(await root.TrackAsync("nobody"));
    }

    [Fact]
    public async Task TrackAsync_SuppressedOrSwitchedOff_RaisesNothing()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();

        using (AgentContext.Suppress())
        {
            Assert.Null(await root.TrackAsync("suppressed"));
        }

        root.Root.Enabled = false;
        Assert.Null(await root.TrackAsync("off"));
        await root.Events.FlushAsync(Token);
        Assert.Empty(sink.Accepted);
    }

    [Fact]
    public async Task TrackAsync_Cancelled_RaisesNothing()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();

        await Assert.ThrowsAsync<OperationCanceledException>(
            async () => await root.Events.TrackAsync("late", cancellationToken: new CancellationToken(canceled: true)));

        await root.Events.FlushAsync(Token);
        Assert.Empty(sink.Accepted);
    }

    [Theory]
    [InlineData(ContentCapture.None, null)]
    [InlineData(ContentCapture.Spans, null)]
    [InlineData(ContentCapture.Events, "\"said\"")]
    [InlineData(ContentCapture.All, "\"said\"")]
    public async Task TrackAsync_Content_PassesTheSameGateAsThatOfCalls(ContentCapture capture, string? expected)
    {
        await using var root = EventRoot.WithContent(capture);
        var sink = root.AddSink();

        await root.Events.TrackAsync("spoken", content: "said", cancellationToken: Token);

        Assert.Equal(expected, (await root.OnlyAsync(sink, "spoken")).Content);
    }

    [Fact]
    public async Task TrackAsync_ContentThatIsNoText_IsWrittenAsJson()
    {
        await using var root = EventRoot.WithContent();
        var sink = root.AddSink();

        await root.Events.TrackAsync("spoken", content: new Dictionary<string, object?> { ["rating"] = 5 }, cancellationToken: Token);

        Assert.Equal("""{"rating":5}""", (await root.OnlyAsync(sink, "spoken")).Content);
    }

    [Fact]
    public async Task TrackAsync_Content_PassesThePrivacyRules()
    {
        await using var root = EventRoot.WithContent(build: b => b.Configure(o =>
        {
            o.Privacy.RedactText = (_, text) => text.Replace("4711", "#", StringComparison.Ordinal);
            o.Privacy.MaxContentLength = 16;
        }));
        var sink = root.AddSink();

        await root.Events.TrackAsync("short", content: "pin 4711", cancellationToken: Token);
        await root.Events.TrackAsync("long", content: new string('x', 100), cancellationToken: Token);

        Assert.Equal("\"pin #\"", (await root.OnlyAsync(sink, "short")).Content);
        Assert.True((await root.OnlyAsync(sink, "long")).Content!.Length < 80);
    }

    [Fact]
    public async Task AddSink_AfterTheRootWasDisposed_Throws()
    {
        var root = new EventRoot();
        await root.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => root.AddSink());
    }

    [Fact]
    public async Task AddSink_SameNameTwice_TellsThemApart()
    {
        await using var root = new EventRoot();

        root.AddSink();
        root.AddSink();

        Assert.Equal(["stub", "stub-2"], root.Events.GetSinks().Select(sink => sink.Name));
    }
}

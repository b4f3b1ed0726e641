using System.Net;
using System.Text.RegularExpressions;
using AiObs.Events;
using AiObs.Store;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Dashboard.Tests.Events;

public sealed partial class EventPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_WithoutALog_SaysWhichLineAddsOne()
    {
        await using var host = await DashboardHost.StartAsync();

        Assert.Contains("<p>No event log is kept. With the package AiObs.Store.Sqlite this line keeps one:</p>", await host.GetAsync("/events"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_WithContent_ShowsFactsContentAndLinks()
    {
        await using var host = await StartAsync();
        await TrackAsync(host, "order_placed", "c-1", content: "SECRET", data: [new("stars", 4), new("yes", true), new("list", new[] { "a", "b" })]);

        var text = await host.GetAsync("/events");

        Assert.Contains("""<a class="value" href="/aiobs/events?type=order_placed"><bdi>order_placed</bdi></a>""", text, StringComparison.Ordinal);
        Assert.Contains("""<a class="value" href="/aiobs/events?conversation=c-1"><bdi>c-1</bdi></a>""", text, StringComparison.Ordinal);
        Assert.Contains("""<bdi class="key">stars</bdi> <bdi>4</bdi>""", text, StringComparison.Ordinal);
        Assert.Contains("""<bdi class="key">yes</bdi> <bdi>yes</bdi>""", text, StringComparison.Ordinal);
        Assert.Contains("""<bdi class="key">list</bdi> <bdi>a, b</bdi>""", text, StringComparison.Ordinal);
        Assert.Contains("SECRET", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ForWhoMaySeeNoContent_TellsItsLengthAlone()
    {
        await using var host = await StartAsync(static options => options.ShowContent = ContentVisibility.Never);
        await TrackAsync(host, "order_placed", "c-1", content: "SECRET");

        var text = await host.GetAsync("/events");

        Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
        Assert.Contains("Content of 8 characters, hidden: DashboardOptions.ShowContent", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ContentErased_SaysSo()
    {
        await using var host = await StartAsync();
        await TrackAsync(host, "order_placed", "c-1", content: "SECRET");
        await host.Services.GetRequiredService<IEventLog>().EraseContentAsync(new() { ConversationId = "c-1" }, "asked for", Token);

        var text = await host.GetAsync("/events?type=order_placed");

        Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
        Assert.Contains("""<p class="hint">Content erased.</p>""", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?type=b", "b")]
    [InlineData("?conversation=c-1", "a")]
    [InlineData("?trace=0000000000000000000000000000000a", "c")]
    [InlineData("?type=a&conversation=c-2", "")]
    public async Task List_Filtered_HasTheOthersNot(string query, string shown)
    {
        await using var host = await StartAsync();
        await TrackAsync(host, "a", "c-1");
        await TrackAsync(host, "b", "c-2");
        await host.Observability.Events.TrackAsync(
            new AgentEvent { Id = Guid.NewGuid(), Time = DateTimeOffset.UtcNow, Type = "c", ConversationId = "c-3", TraceId = "0000000000000000000000000000000a", SpanId = "000000000000000a" }, Token);
        await host.Observability.Events.FlushAsync(Token);

        Assert.Equal(shown, string.Concat(TypesIn(await host.GetAsync("/events" + query))));
    }

    [Fact]
    public async Task Older_FollowedToTheEnd_ShowsEachEventOnceWhateverComesMeanwhile()
    {
        await using var host = await StartAsync();
        for (var number = 0; number < 120; number++)
        {
            await TrackAsync(host, $"e{number:000}", "c-1");
        }

        var found = new List<string>();
        var path = "/events?conversation=c-1";
        for (var page = 0; path is not null; page++)
        {
            var text = await host.GetAsync(path);
            found.AddRange(TypesIn(text));
            path = Older().Match(text) is { Success: true } next ? WebUtility.HtmlDecode(next.Groups["path"].Value) : null;
            await TrackAsync(host, $"new{page}", "c-1");
        }

        Assert.Equal(Enumerable.Range(0, 120).Select(static number => $"e{number:000}").Reverse(), found);
    }

    [Fact]
    public async Task Cursor_ThatWasChanged_IsASentenceInItsPanel()
    {
        await using var host = await StartAsync();
        await TrackAsync(host, "a", "c-1");

        var text = await host.GetAsync("/events?cursor=changed");

        Assert.Contains("This page of the listing is not there: the address was changed.", text, StringComparison.Ordinal);
        Assert.Contains("<bdi>a</bdi> 1</a>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_IsAway_IsASentenceInEachPanel()
    {
        await using var host = await DashboardHost.StartAsync(static root => root.Services.AddSingleton<IEventLog>(new BrokenLog()));

        var text = await host.GetAsync("/events");

        Assert.Equal(2, text.Split("This could not be read (NotSupportedException).").Length - 1);
        Assert.Contains("The log was never verified here.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_OfSomebodyHostile_AreText()
    {
        const string Evil = "<script>alert(1)</script>\u202ex";
        await using var host = await StartAsync();
        await TrackAsync(host, "<img src=x>", "javascript:alert(1)\"><b>", content: Evil, data: [new(Evil, Evil), new("map", new Dictionary<string, object?> { [Evil] = Evil })]);

        var text = await host.GetAsync("/events");

        Assert.DoesNotContain("<script>alert", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"javascript", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', text);
        Assert.Contains("/aiobs/events?conversation=javascript%3Aalert(1)%22%3E%3Cb%3E\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_ThatEventsDoNotHave_AreNamed()
    {
        await using var host = await StartAsync();

        var text = await host.GetAsync("/events?model=gpt&type=a");

        Assert.Contains("Events are not filtered by model.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"search\"", text, StringComparison.Ordinal);

        // What only events have does not go along to other pages.
        Assert.Contains("href=\"/aiobs/traces?model=gpt\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "<p class=\"well\">verified just now, intact, 3 events, 2 writers, keyed</p>")]
    [InlineData(false, "<p>verified just now, not intact: 1 faults, 3 events, 2 writers, keyed</p><ul><li>MissingEvent: <bdi>&lt;b&gt;2 is missing</bdi></li></ul>")]
    public async Task Verification_ThatWasMade_TellsItsResult(bool isIntact, string expected)
    {
        IReadOnlyList<EventLogFault> faults = isIntact ? [] : [new(EventLogFaultKind.MissingEvent, "w", 2, "<b>2 is missing")];
        await using var host = await DashboardHost.StartAsync(root => root.AddStore(s => s
            .Use(events: (_, _) => new BrokenLog { Verification = new(3, 2, faults, []) { IsKeyed = true } }).VerifyEvery(TimeSpan.FromHours(6))));
        var schedule = host.Services.GetRequiredService<ScheduledVerification>();
        while (schedule.Last is null)
        {
            await Task.Yield();
        }

        Assert.Contains(expected, await host.GetAsync("/events"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verification_ThatFailed_SaysWithWhatAndThatItIsTriedAgain()
    {
        await using var host = await DashboardHost.StartAsync(static root => root.AddStore(static s => s.Use(events: static (_, _) => new BrokenLog()).VerifyEvery(TimeSpan.FromHours(6))));
        var schedule = host.Services.GetRequiredService<ScheduledVerification>();
        while (schedule.Last is null)
        {
            await Task.Yield();
        }

        Assert.Contains(
            "The log could not be verified just now (System.NotSupportedException). It is tried again every 6 h 0 min.", await host.GetAsync("/events"), StringComparison.Ordinal);
    }

    [GeneratedRegex("""<td class="id"><a class="value" href="[^"]*"><bdi>(?<type>[^<]*)</bdi></a></td>\s*<td class="id"><a class="value" href="[^"]*conversation""")]
    private static partial Regex Row();

    [GeneratedRegex("""<a rel="next" href="/aiobs(?<path>[^"]*)">Older</a>""")]
    private static partial Regex Older();

    private static IEnumerable<string> TypesIn(string text) => Row().Matches(text).Select(static match => match.Groups["type"].Value);

    private static Task<DashboardHost> StartAsync(Action<DashboardOptions>? options = null) => DashboardHost.StartAsync(
        static root => root.Configure(static o => o.CaptureContent = ContentCapture.All).AddStore(static s => s.UseInMemory()), options);

    private static async Task TrackAsync(DashboardHost host, string type, string conversation, string? content = null, IEnumerable<KeyValuePair<string, object?>>? data = null)
    {
        await host.Observability.Events.TrackAsync(type, data, content, conversationId: conversation, cancellationToken: Token);
        await host.Observability.Events.FlushAsync(Token);
    }

    /// <summary>A log that cannot be read.</summary>
    private sealed class BrokenLog : IEventLog
    {
        public EventLogVerification? Verification { get; init; }

        public ValueTask AppendAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask<EventPage> ListAsync(EventQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException("secret");

        public ValueTask<long> CountAsync(EventQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException("secret");

        public ValueTask<IReadOnlyDictionary<string, long>> CountByTypeAsync(EventQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException("secret");

        public ValueTask<EventLogVerification> VerifyAsync(IReadOnlyList<EventLogAnchor>? anchors = null, CancellationToken cancellationToken = default) =>
            Verification is { } made ? new(made) : throw new NotSupportedException("secret");

        public ValueTask<Erasure> EraseContentAsync(EventQuery query, string reason, CancellationToken cancellationToken = default) => throw new NotSupportedException("secret");

        public ValueTask<Erasure> ApplyRetentionAsync(EventRetention retention, CancellationToken cancellationToken = default) => throw new NotSupportedException("secret");

        public ValueTask<bool> WipeErasedAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException("secret");
    }
}

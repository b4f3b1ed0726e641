using System.Net;
using AiObs.Operations;
using AiObs.Store;
using AiObs.TestSupport;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Dashboard.Tests.Conversations;

public sealed class KeptConversationTests
{
    private const string Fault = "This could not be read (IOException). The application's log says more.";
    private const string Path = "/conversations/chat?id=c-1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Page_OfThePresentBranch_ShowsItsMessagesByTurn()
    {
        await using var host = await StartAsync(new FailingConversationStore());

        var page = await host.GetAsync(Path);

        Assert.Equal(["Where is my order?"], PageText.Between(page, "<h1>", "</h1>"));
        Assert.Equal(["0", "1 (present)"], PageText.Between(PartOf(page, "aria-label=\"Branches\"", "</nav>"), "<li>", "</li>"));
        Assert.Equal(
            [
                "user 1 · 2026-03-01 12:01:00 · pinned hello",
                "assistant 2 · 2026-03-01 12:01:02 · 41 tokens partial: it broke off hello reasoning hello tool call shop { \"shop\": \"hello\" } tool call response hello data shop image/png, 8 bytes error { \"$type\": \"error\", \"message\": \"hello\" }",
                "user 5 · 2026-03-01 12:03:00 hello",
                "assistant 6 · 2026-03-01 12:03:02 · 43 tokens instead of answer 2shop hello reasoning hello tool call shop { \"shop\": \"hello\" } tool call response hello data shop image/png, 8 bytes error { \"$type\": \"error\", \"message\": \"hello\" }",
            ],
            Messages(page));
        Assert.Equal(
            [
                "completed 2026-03-01 12:01:00 · 2.00 s Context: about 320 of 1,000 tokens 32 % about 1,225 before memory Memory: up to 1 pinned, 3 dropped, 2 summarised, 1 injected "
                + "1 pinned , 5 tokens 2 to 4 dropped , 900 tokens by shop : shop 5 to 6 summarised , 300 tokens by shop : shop no message of the conversation injected , 20 tokens by shop",
                "completed 2026-03-01 12:03:00 · 2.00 s Context: 320 tokens 1,225 before memory Memory: up to 1 pinned, 3 dropped, 2 summarised, 1 injected "
                + "1 pinned , 5 tokens 2 to 4 dropped , 900 tokens by shop : shop 5 to 6 summarised , 300 tokens by shop : shop no message of the conversation injected , 20 tokens by shop",
            ],
            Turns(page));
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Page_OfAnotherBranch_ShowsWhatThatHas()
    {
        await using var host = await StartAsync(new FailingConversationStore());

        var page = await host.GetAsync($"{Path}&branch=0");

        Assert.Equal(["1", "2", "3", "4"], Messages(page).Select(static message => message.Split(' ')[1]));
        Assert.Contains("refused: no model is shown it", Messages(page)[3], StringComparison.Ordinal);
        Assert.StartsWith("failed 2026-03-01 12:02:00 · 2.00 s shop Context: 320 of 1,000 tokens 32 % 1,225 before memory", Turns(page)[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfATurnThatWasRefusedOrDiverged_SaysWhatWasFoundAndWhereTheAnswerIs()
    {
        await using var host = await StartAsync(new FailingConversationStore());
        var commit = KeptConversations.Turn("c-1", 4, "hello", "shop");
        await Store(host).CommitAsync(
            commit with
            {
                Turn = commit.Turn! with
                {
                    State = TurnState.Refused,
                    Branch = 7,
                    Memory = null,
                    Findings = [new("jailbreak", "block", "input", "says <b>forget</b>", 0.7, 1, IsFailure: false), new("tools", "warn", "tool_call", "is not allowed", 1, 1, IsFailure: false, "delete")],
                },
            },
            Token);

        var turn = Turns(await host.GetAsync(Path))[^1];

        Assert.StartsWith("refused", turn, StringComparison.Ordinal);
        Assert.Contains("its answer is on branch 7", turn, StringComparison.Ordinal);
        Assert.Contains("jailbreak (block, input): says <b>forget</b>", turn, StringComparison.Ordinal);
        Assert.Contains("tools (warn, tool call of delete): is not allowed", turn, StringComparison.Ordinal);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Page_OfAQuestionStoredBeforeItsTurn_ShowsItInTheTurn()
    {
        await using var host = await StartAsync(new FailingConversationStore());
        var answered = KeptConversations.Turn("asked", 1, "hello", "shop");
        await Store(host).CommitAsync(
            new()
            {
                ConversationId = "asked",
                At = KeptConversations.Start,
                Create = new() { Id = "asked" },
                Messages = [Untold("greeting", ChatRole.User), Untold("greeted", ChatRole.Assistant), Untold("question", ChatRole.User), Untold("detail", ChatRole.User)],
            },
            Token);
        await Store(host).CommitAsync(answered with { Messages = [answered.Messages[1]] }, Token);
        await Store(host).CommitAsync(new() { ConversationId = "asked", At = KeptConversations.Start, Messages = [Untold("next", ChatRole.User)] }, Token);

        var page = await host.GetAsync("/conversations/chat?id=asked");

        Assert.Equal(["1 2", "3 4 5", "6"], MessagesByTurn(page).Select(static turn => string.Join(' ', turn.Select(static message => message.Split(' ')[1]))));
        Assert.Equal(["in no turn", "completed 2026-03-01 12:01:00", "in no turn"], Turns(page).Select(static turn => turn.Split(" ·")[0]));
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [InlineData("2")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("x")]
    public async Task Page_OfABranchThatIsNotThere_ShowsThePresentOne(string branch)
    {
        await using var host = await StartAsync(new FailingConversationStore());

        Assert.Equal(["1", "2", "5", "6"], Messages(await host.GetAsync($"{Path}&branch={branch}")).Select(static message => message.Split(' ')[1]));
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Page_LongerThanOne_HasEarlierMessages()
    {
        await using var host = await StartAsync(new FailingConversationStore());
        for (var number = 4; number <= 60; number++)
        {
            await Store(host).CommitAsync(KeptConversations.Turn("c-1", number, "hello", "shop"), Token);
        }

        var latest = await host.GetAsync(Path);
        using var response = await host.SendRawAsync(WebUtility.HtmlDecode(latest.Split("<a rel=\"prev\" href=\"")[1].Split('"')[0]));
        var earlier = await response.Content.ReadAsStringAsync(Token);

        int[] expected = [1, 2, .. Enumerable.Range(5, 116)];
        Assert.Equal(expected, ((string[])[.. Messages(earlier), .. Messages(latest)]).Select(static message => int.Parse(message.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.DoesNotContain("rel=\"prev\"", earlier, StringComparison.Ordinal);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Page_OfWhoMaySeeNoContent_ShowsKindsAndLengths()
    {
        await using var host = await StartAsync(new FailingConversationStore(), static options => options.ShowContent = ContentVisibility.Never);

        var page = await host.GetAsync(Path);

        Assert.Equal(["c-1"], PageText.Between(page, "<h1>", "</h1>"));
        Assert.Equal("user 1 · 2026-03-01 12:01:00 · pinned 5 characters, hidden", Messages(page)[0]);
        Assert.DoesNotContain("hello", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Where is my order?", page + await host.GetAsync("/conversations"), StringComparison.Ordinal);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Page_OfAnotherTenant_IsFoundByItsAddressAlone()
    {
        await using var host = await StartAsync(new FailingConversationStore());
        await host.Traces.AppendAsync([Spans.Make(1, 1, kind: OperationKind.Chat) with { ConversationId = "c-1" }], Token);

        var list = await host.GetAsync("/conversations");
        var hidden = await host.GetAsync($"{Path}&tenant=shop%27s%20tenant");
        using var nobody = await host.SendAsync($"{Path}&tenant=nobody");

        Assert.Contains("href=\"/aiobs/conversations/chat?id=c-1&amp;tenant=shop%27s%20tenant\"", list, StringComparison.Ordinal);
        Assert.Equal(["user 1 · 2026-03-01 12:00:00 hello"], Messages(hidden));
        Assert.Contains("<dt>Tenant</dt><dd><bdi>shop&#39;s tenant</bdi></dd>", hidden, StringComparison.Ordinal);
        Assert.Contains("<dt>State</dt><dd>hidden ", hidden, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [InlineData(Path)]
    [InlineData(Path + "&tenant=nobody")]
    [InlineData("/conversations/chat?id=never")]
    public async Task Page_OfWhatIsNotThere_SaysWhatBecomesOfConversations(string path)
    {
        await using var host = await StartAsync(new FailingConversationStore());
        await Store(host).CommitAsync(new() { ConversationId = "c-1", At = KeptConversations.Start, Delete = ConversationDelete.Erase }, Token);

        using var response = await host.SendAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains(
            "It was erased, dropped to make room or by retention, belongs to another tenant than the address says, or has not arrived yet: spans are written behind, within a quarter of a second.",
            await response.Content.ReadAsStringAsync(Token),
            StringComparison.Ordinal);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Page_OfATurnWithATrace_LeadsThere()
    {
        await using var host = await StartAsync(new FailingConversationStore());
        var asked = DateTimeOffset.UtcNow.AddMinutes(-5);
        var commit = KeptConversations.Turn("c-1", 4, "hello", "shop");
        await Store(host).CommitAsync(commit with { Turn = commit.Turn! with { StartedAt = asked, EndedAt = asked.AddSeconds(2) } }, Token);
        await host.Traces.AppendAsync(
            [
                Spans.Make(1, 1, time: asked.AddMilliseconds(-1), kind: OperationKind.Chat, name: "of the turn") with { ConversationId = "c-1" },
                Spans.Make(2, 1, time: asked.AddMinutes(1), kind: OperationKind.Chat, name: "after it") with { ConversationId = "c-1" },
                Spans.Make(3, 1, time: asked.AddMinutes(-1), kind: OperationKind.Chat, name: "before it") with { ConversationId = "c-1" },
                Spans.Make(4, 1, time: asked, kind: OperationKind.Chat, name: "of another") with { ConversationId = "c-2" },
            ],
            Token);

        var traces = Turns(await host.GetAsync(Path)).Select(static turn => turn.Split(" trace ") is [_, .. var names] ? string.Join('|', names.Select(static name => name.Split(" Context")[0])) : "");

        Assert.Equal(["", "", "of the turn"], traces);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Page_OfModelCalls_ShowsTraces()
    {
        await using var host = await StartAsync(new FailingConversationStore());
        var nothing = await host.GetAsync($"{Path}&view=calls");
        var asked = DateTimeOffset.UtcNow.AddHours(-5);
        await host.Traces.AppendAsync(
            [.. Enumerable.Range(1, 101).Select(number => Spans.Make(number, 1, time: asked.AddMinutes(number), kind: OperationKind.Chat, name: $"call {number}.") with { ConversationId = "c-1" })], Token);

        var first = await host.GetAsync($"{Path}&view=calls");
        using var response = await host.SendRawAsync(WebUtility.HtmlDecode(first.Split("<a rel=\"next\" href=\"")[1].Split('"')[0]));

        Assert.Contains("No trace has a model call of this conversation.", nothing, StringComparison.Ordinal);
        Assert.Equal(
            "services.AddChatClient(client).UseAgentObservability(); using (AgentContext.Begin(conversationId: \"c-42\")) { … }", Assert.Single(PageText.Between(nothing, "<pre>", "</pre>")));
        Assert.Equal((true, false), (first.Contains("<bdi>call 1.</bdi>", StringComparison.Ordinal), first.Contains("<bdi>call 101.</bdi>", StringComparison.Ordinal)));
        Assert.Contains("<bdi>call 101.</bdi>", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Page_WithoutMessages_SaysTheLineThatAddsOne()
    {
        await using var host = await StartAsync(new FailingConversationStore());
        await Store(host).CommitAsync(new() { ConversationId = "empty", At = KeptConversations.Start, Create = new() { Id = "empty" } }, Token);

        Assert.Equal(
            "await conversations.AddMessageAsync(\"c-42\", new(ChatRole.User, \"Where is my order?\"));",
            Assert.Single(PageText.Between(await host.GetAsync("/conversations/chat?id=empty"), "<pre>", "</pre>")));
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Page_OfAStoreThatIsAway_IsASentenceBesideTheCallsOfTraces()
    {
        await using var host = await StartAsync(new FailingConversationStore { FailsFind = true });
        await host.Traces.AppendAsync([Spans.Make(1, 1, kind: OperationKind.Chat, name: "call 1.") with { ConversationId = "c-1" }], Token);

        var page = await host.GetAsync(Path);

        Assert.Equal([Fault], Faults(page));
        Assert.Contains("<bdi>call 1.</bdi>", page, StringComparison.Ordinal);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Page_WhoseMessagesAreAway_KeepsTheRest()
    {
        await using var host = await StartAsync(new FailingConversationStore { FailsMessages = true });

        var page = await host.GetAsync(Path);

        Assert.Equal([Fault], Faults(page));
        Assert.Contains("<dt>Messages</dt><dd class=\"\">6</dd>", page, StringComparison.Ordinal);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Page_WhoseTurnsAreAway_KeepsTheMessages()
    {
        await using var host = await StartAsync(new FailingConversationStore { FailsTurns = true });

        var page = await host.GetAsync(Path);

        Assert.Equal([Fault], Faults(page));
        Assert.Equal(4, Messages(page).Count);
        Assert.Equal(["turn 1shop", "turn 3shop"], Turns(page));
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Page_WithContentThatItDoesNotKnow_ShowsItsJson()
    {
        await using var host = await StartAsync(new FailingConversationStore
        {
            Change = static message => message.Sequence switch
            {
                1 => message with { Content = new("""{"contents":[{"$type":"hologram","of":"a cat"},3,{"$type":"data","uri":"data:image/png;base64,!!!"}]}""", "") },
                2 => message with { Content = new("no JSON", "") },
                5 => message with { Content = null, Status = MessageStatus.Erased },
                _ => message with { Content = MessageContent.Of(new(ChatRole.Assistant, [new TextReasoningContent(null) { ProtectedData = "sealed" }, new FunctionResultContent("c", new { Ok = true })])) },
            },
        });

        Assert.Equal(
            [
                "user 1 · 2026-03-01 12:01:00 · pinned hologram { \"$type\": \"hologram\", \"of\": \"a cat\" } unknown 3 data { \"$type\": \"data\", \"uri\": \"data:image/png;base64,!!!\" }",
                "assistant 2 · 2026-03-01 12:01:02 · 41 tokens partial: it broke off unreadable no JSON",
                "user 5 · 2026-03-01 12:03:00 erased Erased: what was said here is gone for good.",
                "assistant 6 · 2026-03-01 12:03:02 · 43 tokens instead of answer 2shop protected reasoning tool call response { \"ok\": true }",
            ],
            Messages(await host.GetAsync(Path)));
    }

    private static IConversationStore Store(DashboardHost host) => host.Services.GetRequiredService<IConversationStore>();

    private static async Task<DashboardHost> StartAsync(IConversationStore store, Action<DashboardOptions>? options = null)
    {
        await KeptConversations.FillAsync(store, "c-1", "Where is my order?", "hello", "shop");
        return await DashboardHost.StartAsync(options: options, services: services => services.AddSingleton(store));
    }

    private static IReadOnlyList<string> Faults(string page) => PageText.Between(page, "<p class=\"fault\" role=\"status\">", "</p>");

    private static IReadOnlyList<string> Turns(string page) => PageText.Between(page, "<div class=\"beside\">", "</section>");

    private static IReadOnlyList<string> Messages(string page) => [.. MessagesByTurn(page).SelectMany(static turn => turn)];

    private static IEnumerable<IReadOnlyList<string>> MessagesByTurn(string page) => page.Split("<div class=\"said\">").Skip(1).Select(
        static turn => PageText.Between(turn.Split("<div class=\"beside\">")[0].Replace("<div class=\"message r-", "\u0001<", StringComparison.Ordinal), "\u0001", "\u0001"));

    private static StoredMessage Untold(string id, ChatRole role) => new() { Id = id, Role = role, Content = MessageContent.Of(new(role, "hello")), At = KeptConversations.Start };

    private static string PartOf(string page, string start, string end) => page.Split(start)[1].Split(end)[0];
}

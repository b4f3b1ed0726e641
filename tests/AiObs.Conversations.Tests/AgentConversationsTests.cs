using AiObs.Conversations.Tests.Memory;
using AiObs.Store;
using AiObs.StoreContracts;
using AiObs.TestSupport;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Conversations.Tests;

public sealed class AgentConversationsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_KeepsWhatItIsGivenAndTellsOfIt()
    {
        await using var scene = new ConversationScene();

        var created = await scene.Conversations.CreateAsync(ConversationSamples.State, Token);

        var now = scene.Clock.GetUtcNow();
        Assert.Equal(
            ConversationSamples.Text(ConversationSamples.State with { CreatedAt = now, UpdatedAt = now, Version = 1 }), ConversationSamples.Text(created));
        Assert.Equal(["conversation_created c=c-1 u=ada"], await scene.EventsAsync());
    }

    [Fact]
    public async Task Create_WithNothing_MakesAnIdAndTakesTheUserOfTheFlow()
    {
        await using var scene = new ConversationScene();

        Conversation created;
        using (AgentContext.Begin(userId: "grace"))
        {
            created = await scene.Conversations.CreateAsync(cancellationToken: Token);
        }

        Assert.Equal((32, "grace", ""), (created.Id.Length, created.UserId, created.Tenant));
    }

    [Fact]
    public async Task Create_OfWhatIsThere_IsAConflictAndTellsOfNothing()
    {
        await using var scene = new ConversationScene();
        await scene.Conversations.CreateAsync(new() { Id = "c" }, Token);

        var conflict = await Assert.ThrowsAsync<ConversationConflictException>(() => scene.Conversations.CreateAsync(new() { Id = "c" }, Token).AsTask());

        Assert.Equal(("There is a conversation 'c' already, with version 1. Find it and go on with it, or create one with another id.", 1L), (conflict.Message, conflict.ActualVersion));
        Assert.Equal(["conversation_created c=c"], await scene.EventsAsync());
    }

    [Fact]
    public async Task Create_WithoutAUser_IsRefusedWhereOneIsRequired()
    {
        await using var scene = new ConversationScene(static options => options.RequireUser = true);

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => scene.Conversations.CreateAsync(new() { Id = "c" }, Token).AsTask());
        await scene.Conversations.In("", "ada").CreateAsync(new() { Id = "c" }, Token);

        Assert.StartsWith("ConversationOptions.RequireUser is set, and the conversation has no user.", refused.Message, StringComparison.Ordinal);
        Assert.Equal("ada", (await scene.Conversations.FindAsync("c", Token))!.UserId);
    }

    [Fact]
    public async Task User_IsHashedWhereAKeyIsSet()
    {
        await using var scene = new ConversationScene(observe: static builder => builder.Configure(static options => options.Privacy.UserIdHashKey = "0123456789abcdef0123456789abcdef"));
        var view = scene.Conversations.In("", "ada");

        var created = await view.CreateAsync(new() { Id = "c" }, Token);
        await view.AddMessageAsync("c", new(ChatRole.User, "Hi"), cancellationToken: Token);

        Assert.NotEqual("ada", created.UserId);
        Assert.All(await scene.RawEventsAsync(), item => Assert.Equal(created.UserId, item.UserId));
        Assert.Single((await scene.Conversations.ListAsync(new() { UserId = "ada" }, Token)).Conversations);
        Assert.Empty((await scene.Conversations.ListAsync(new() { UserId = "bob" }, Token)).Conversations);
    }

    [Fact]
    public async Task Update_ThatOthersAreFasterThan_RunsAgainOnWhatIsThere()
    {
        await using var scene = new ConversationScene();
        await scene.Conversations.CreateAsync(ConversationSamples.State, Token);
        var runs = 0;

        var updated = await scene.Conversations.UpdateAsync(
            "c-1",
            found =>
            {
                if (runs++ == 0)
                {
                    scene.Conversations.UpdateAsync("c-1", static other => other with { Title = "theirs" }, Token).AsTask().GetAwaiter().GetResult();
                }

                return found with { Tags = [.. found.Tags, "mine"] };
            },
            Token);

        Assert.Equal((2, "theirs", 3), (runs, updated.Title, updated.Version));
        Assert.Equal(["shop", "urgent", "mine"], updated.Tags);
        Assert.Equal(["conversation_created c=c-1 u=ada", "conversation_updated c=c-1 u=ada", "conversation_updated c=c-1 u=ada"], await scene.EventsAsync());
    }

    [Fact]
    public async Task Message_IsKeptAndToldOfOnce()
    {
        await using var scene = new ConversationScene();
        await scene.Conversations.CreateAsync(ConversationSamples.State, Token);
        var said = new ChatMessage(ChatRole.User, "Where is it?") { MessageId = "m-1", CreatedAt = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero) };

        var stored = await scene.Conversations.AddMessageAsync("c-1", said, isPinned: true, Token);
        var again = await scene.Conversations.AddMessageAsync("c-1", said, isPinned: true, Token);

        Assert.Equal(stored, again);
        Assert.Equal(
            ("m-1", 1L, 2L, true, MessageStatus.Complete, said.CreatedAt!.Value), (stored.Id, stored.Sequence, stored.Version, stored.IsPinned, stored.Status, stored.At));
        Assert.Equal(["Where is it?"], await scene.TextsAsync("c-1"));
        var events = await scene.RawEventsAsync();
        Assert.Equal(["conversation_created", "message_sent"], events.Select(static item => item.Type));
        Assert.Equal((stored.EventId!.Value, scene.Clock.GetUtcNow(), "c-1", "ada", (string?)null), (events[1].Id, events[1].Time, events[1].ConversationId, events[1].UserId, events[1].Content));
        Assert.Equal(
            new Dictionary<string, object?> { ["message_id"] = "m-1", ["role"] = "user", ["commitment"] = stored.Commitment }, events[1].Data.ToDictionary());
        Assert.Equal(stored.Content!.Commitment, stored.Commitment);
    }

    [Fact]
    public async Task MessageEvent_HasTheSameIdInEveryProcess()
    {
        var ids = new List<Guid?>();
        for (var i = 0; i < 2; i++)
        {
            await using var scene = new ConversationScene();
            await scene.Conversations.In("acme").CreateAsync(new() { Id = "c" }, Token);
            await scene.Conversations.CreateAsync(new() { Id = "c" }, Token);
            ids.Add((await scene.Conversations.In("acme").AddMessageAsync("c", new(ChatRole.User, "Hi") { MessageId = "m" }, cancellationToken: Token)).EventId);
            ids.Add((await scene.Conversations.AddMessageAsync("c", new(ChatRole.User, "Hi") { MessageId = "m" }, cancellationToken: Token)).EventId);
        }

        Assert.Equal((ids[0], ids[1]), (ids[2], ids[3]));
        Assert.NotEqual(ids[0], ids[1]);
        Assert.Equal(8, ids[0]!.Value.Version);
    }

    [Fact]
    public async Task MessageEvent_ShowsWhatWasSaidMaskedWhereEventsRecordContent()
    {
        await using var scene = new ConversationScene(observe: static builder => builder.Configure(static options =>
        {
            options.CaptureContent = ContentCapture.Events;
            options.Privacy.RedactText = static (_, text) => text.Replace("4111", "****", StringComparison.Ordinal);
        }));
        await scene.Conversations.CreateAsync(new() { Id = "c" }, Token);

        await scene.Conversations.AddMessageAsync("c", new(ChatRole.User, "My card is 4111"), cancellationToken: Token);

        var item = (await scene.RawEventsAsync())[1];
        Assert.Equal("""[{"role":"user","parts":[{"type":"text","content":"My card is ****"}]}]""", item.Content);
        Assert.Equal(["My card is 4111"], await scene.TextsAsync("c"));
    }

    [Fact]
    public async Task Messages_AreOneCommitOfOneTurn()
    {
        await using var scene = new ConversationScene();
        await scene.Conversations.CreateAsync(new() { Id = "c" }, Token);
        ChatMessage[] said =
        [
            new(ChatRole.Assistant, [new FunctionCallContent("call-1", "find")]) { MessageId = "a" },
            new(ChatRole.Tool, [new FunctionResultContent("call-1", "here")]) { MessageId = "b" },
            new(ChatRole.Assistant, [new TextContent("Here."), new UsageContent(new() { OutputTokenCount = 5, InputTokenCount = 9 })]) { MessageId = "c" },
        ];

        var result = await scene.Conversations.AddMessagesAsync("c", said, expectedVersion: 1, turnId: "t", Token);

        Assert.Equal((2, 0, false), (result.Version, result.Branch, result.IsReplay));
        var stored = await scene.Conversations.ReadMessagesAsync("c", Token).ToListAsync(Token);
        Assert.Equal([("a", "t", null, "call-1"), ("b", "t", null, "call-1"), ("c", "t", (int?)5, "")], stored.Select(static message => (message.Id, message.TurnId, message.TokenCount, string.Join(',', message.CallIds))));
        Assert.Equal(
            [
                "conversation_created c=c",
                "message_sent c=c message_id=a role=assistant turn_id=t commitment",
                "message_sent c=c message_id=b role=tool turn_id=t commitment",
                "message_sent c=c message_id=c role=assistant turn_id=t commitment",
            ],
            await scene.EventsAsync());
    }

    [Fact]
    public async Task Messages_WithAnotherVersionExpected_AreNotAddedAndNotToldOf()
    {
        await using var scene = new ConversationScene();
        await scene.Conversations.CreateAsync(new() { Id = "c" }, Token);

        var conflict = await Assert.ThrowsAsync<ConversationConflictException>(
            () => scene.Conversations.AddMessagesAsync("c", [new(ChatRole.User, "Hi")], expectedVersion: 7, cancellationToken: Token).AsTask());

        Assert.Equal(1, conflict.ActualVersion);
        Assert.Empty(await scene.TextsAsync("c"));
        Assert.Equal(["conversation_created c=c"], await scene.EventsAsync());
    }

    [Fact]
    public async Task Messages_ThatAreNone_AreRefused()
    {
        await using var scene = new ConversationScene();
        await scene.Conversations.CreateAsync(new() { Id = "c" }, Token);

        await Assert.ThrowsAsync<ArgumentException>(() => scene.Conversations.AddMessagesAsync("c", [], cancellationToken: Token).AsTask());
    }

    [Fact]
    public async Task Message_ThatIsTooLarge_IsRefusedBeforeAnythingIsWritten()
    {
        await using var scene = new ConversationScene(static options => options.MaxMessageLength = 1_024);
        await scene.Conversations.CreateAsync(new() { Id = "c" }, Token);

        var refused = await Assert.ThrowsAsync<ArgumentException>(
            () => scene.Conversations.AddMessagesAsync("c", [new(ChatRole.User, "Hi"), new(ChatRole.User, new string('x', 1_024))], cancellationToken: Token).AsTask());

        Assert.Contains("MaxMessageLength is 1024", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await scene.TextsAsync("c"));
    }

    [Fact]
    public async Task Reading_WhileABranchBegins_StaysOnItsOwn()
    {
        await using var scene = new ConversationScene();
        await scene.Conversations.CreateAsync(new() { Id = "c" }, Token);
        await scene.Conversations.AddMessagesAsync("c", [Said.User("1"), Said.User("2"), Said.User("3"), Said.User("4")], cancellationToken: Token);
        List<string> read = [];

        await foreach (var message in scene.Conversations.ReadMessagesAsync(new MessageQuery { ConversationId = "c", PageSize = 3 }, Token))
        {
            if (read.Count == 0)
            {
                await scene.Conversations.ForkAsync("c", 1, Token);
                await scene.Conversations.AddMessageAsync("c", Said.User("other"), cancellationToken: Token);
            }

            read.Add(message.ToMessage().Text);
        }

        Assert.Equal(["1", "2", "3", "4"], read);
        Assert.Equal(["1", "other"], await scene.TextsAsync("c"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Update_ThatLeavesNoUser_IsRefusedWhereOneIsRequired(string? nobody)
    {
        await using var scene = new ConversationScene(static options => options.RequireUser = true);
        await scene.Conversations.CreateAsync(new() { Id = "c", UserId = "ada" }, Token);

        await Assert.ThrowsAsync<ArgumentException>(() => scene.Conversations.CreateAsync(new() { Id = "other", UserId = nobody }, Token).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => scene.Conversations.UpdateAsync("c", found => found with { UserId = nobody }, Token).AsTask());

        Assert.Equal(("ada", 1L), await scene.Conversations.FindAsync("c", Token) is { } found ? (found.UserId, found.Version) : default);
        Assert.Equal(1, await scene.Conversations.CountAsync(cancellationToken: Token));
    }

    [Fact]
    public async Task TimeToLive_BeyondAllTimes_EndsWithThem()
    {
        await using var scene = new ConversationScene(static options => options.TimeToLive = TimeSpan.MaxValue);

        var created = await scene.Conversations.CreateAsync(new() { Id = "c" }, Token);

        Assert.Equal(DateTimeOffset.MaxValue, created.ExpiresAt);
        Assert.Equal(0, await scene.Conversations.EraseExpiredAsync(Token));
    }

    [Fact]
    public async Task Users_WhoseIdsNoDatabaseTakes_SeeTheirOwnAlone()
    {
        string[] users = ["a\0b", "a\ud800b", "a\uFFFDb"];
        using var folder = new TemporaryDirectory();
        await using var scene = new ConversationScene(observe: builder => builder.AddStore(s => s.UseSqlite($"Data Source={folder.File("c.db")}")));
        foreach (var (number, user) in users.Index())
        {
            await scene.Conversations.In("t", user).CreateAsync(new() { Id = $"c{number}" }, Token);
        }

        foreach (var (number, user) in users.Index())
        {
            var view = scene.Conversations.In("t", user);
            Assert.Equal([$"c{number}"], (await view.ListAsync(cancellationToken: Token)).Conversations.Select(static found => found.Id));
            Assert.Equal(1, (await view.AddMessageAsync($"c{number}", Said.User("Hi"), cancellationToken: Token)).Sequence);
        }
    }

    [Fact]
    public async Task Update_ThatChangesNothing_IsNoCommit()
    {
        await using var scene = new ConversationScene();
        await scene.Conversations.CreateAsync(new() { Id = "c" }, Token);

        var same = await scene.Conversations.UpdateAsync("c", static found => found, Token);

        Assert.Equal(1, same.Version);
        Assert.Equal(["conversation_created c=c"], await scene.EventsAsync());
    }

    [Fact]
    public async Task Events_OfACommitThatFails_AreNone()
    {
        var store = new BrokenConversationStore();
        await using var scene = new ConversationScene(store: store);
        await scene.Conversations.CreateAsync(new() { Id = "c" }, Token);
        store.IsBroken = true;

        await Assert.ThrowsAsync<IOException>(() => scene.Conversations.AddMessageAsync("c", new(ChatRole.User, "Hi"), cancellationToken: Token).AsTask());

        Assert.Equal(["conversation_created c=c"], await scene.EventsAsync());
    }

    [Fact]
    public async Task Conversations_AreKeptWhereNothingIsObserved()
    {
        await using var scene = new ConversationScene(observe: static builder => builder.Configure(static options => options.Enabled = false));
        await scene.Conversations.CreateAsync(new() { Id = "c" }, Token);

        var stored = await scene.Conversations.AddMessageAsync("c", new(ChatRole.User, "Hi"), cancellationToken: Token);

        Assert.Null(stored.EventId);
        Assert.Equal(["Hi"], await scene.TextsAsync("c"));
        Assert.Empty(await scene.EventsAsync());
    }

    [Fact]
    public async Task Contents_OfTypesOfTheApplication_AreReadByItsOptions()
    {
        var json = new System.Text.Json.JsonSerializerOptions(AIJsonUtilities.DefaultOptions);
        json.AddAIContentType<SeatContent>("seat");
        await using var scene = new ConversationScene(options => options.JsonOptions = json);
        await scene.Conversations.CreateAsync(new() { Id = "c" }, Token);

        await scene.Conversations.AddMessageAsync("c", new(ChatRole.User, [new SeatContent { Row = 7 }]), cancellationToken: Token);

        var stored = await scene.Conversations.ReadMessagesAsync("c", Token).SingleAsync(Token);
        Assert.Equal(7, Assert.IsType<SeatContent>(Assert.Single(stored.ToMessage().Contents)).Row);
    }

    private sealed class SeatContent : AIContent
    {
        public int Row { get; set; }
    }
}

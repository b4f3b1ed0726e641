using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using AiObs.Cost.Pricing;
using AiObs.Cost.Tables;
using AiObs.Memory;
using AiObs.Operations;
using AiObs.Store;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Conversations.Tests;

public sealed class ApplyMemoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Memory_WithoutStrategies_ShowsAllAndTellsOfNothing()
    {
        await using var scene = await StartAsync(messages: 3);

        var shown = await scene.Conversations.ApplyMemoryAsync("c", cancellationToken: Token);

        Assert.Equal(["1", "2", "3"], shown.Messages.Select(static message => message.Text));
        Assert.False(shown.HasChanged);
        Assert.DoesNotContain("memory", string.Join(' ', await scene.EventsAsync()), StringComparison.Ordinal);
        var turn = Assert.Single(await scene.Conversations.Store.ListTurnsAsync("", "c", cancellationToken: Token));
        Assert.Equal((shown.TurnId, TurnState.Open, scene.Clock.GetUtcNow(), null), (turn.Id, turn.State, turn.StartedAt, turn.EndedAt));
        Assert.Equal([new(1, 3, MemoryAction.Kept, null, null, shown.TokensBefore)], turn.Memory!.Decisions);
    }

    [Fact]
    public async Task Memory_ThatDrops_TellsOfItOnceItIsKept()
    {
        await using var scene = await StartAsync(messages: 5, static options => options.Memory.Add(new WindowMemory(2)));

        var shown = await scene.Conversations.ApplyMemoryAsync("c", new() { Model = "gpt-4o" }, turnId: "t", cancellationToken: Token);

        Assert.Equal(["5"], shown.Messages.Select(static message => message.Text));
        Assert.Equal("t", shown.TurnId);
        var item = (await scene.RawEventsAsync())[^1];
        Assert.Equal(("memory_trimmed", "c", "ada"), (item.Type, item.ConversationId, item.UserId));
        Assert.Equal(
            ["turn_id=t", "strategies=window", $"tokens_before={shown.TokensBefore}", $"tokens_after={shown.TokensAfter}", $"fingerprint={shown.Fingerprint}", "sequence_ranges=dropped 1-3, 4"],
            item.Data.Select(static pair => $"{pair.Key}={Text(pair.Value)}"));
        var memory = (await scene.Conversations.Store.FindTurnAsync("", "c", "t", Token))!.Memory!;
        Assert.Equal(("gpt-4o", (int?)128_000, shown.TokensAfter, shown.Fingerprint), (memory.Model, memory.ContextWindow, memory.TokensAfter, memory.Fingerprint));
        Assert.Equal([(1L, 3L, MemoryAction.Dropped, "window"), (4L, 4L, MemoryAction.Dropped, "window"), (5L, 5L, MemoryAction.Kept, null)], memory.Decisions.Select(static range => (range.FirstSequence!.Value, range.LastSequence!.Value, range.Action, range.Strategy)));
    }

    [Fact]
    public async Task Memory_PricesThatWereRefreshed_SayHowLargeTheWindowIs()
    {
        await using var scene = new ConversationScene(observe: static builder => builder.AddCostTracking());
        await scene.Conversations.CreateAsync(new() { Id = "c", Model = "gpt-4o" }, Token);
        var rules = PriceRulesReader.Read("""[{"id":"openai","api_pattern":"x","model_match":{"starts_with":"gpt"},"models":[{"id":"gpt-4o","context_window":7777,"match":{"equals":"gpt-4o"},"prices":{"input_mtok":1}}]}]"""u8.ToArray(), "test");
        scene.Root.Costs!.Table.Replace(new TablePricing(PriceTable.Of(rules), PriceSource.Table));

        Assert.Equal(7_777, (await scene.Conversations.ApplyMemoryAsync("c", cancellationToken: Token)).ContextWindow);
        Assert.Null((await scene.Conversations.ApplyMemoryAsync("c", new() { Model = "gpt-4o-mini" }, [new TokenBudgetMemory(1_000)], cancellationToken: Token)).ContextWindow);
    }

    [Fact]
    public async Task Answer_ThatIsAddedWithItsTurn_EndsIt()
    {
        await using var scene = await StartAsync(messages: 1);
        var shown = await scene.Conversations.ApplyMemoryAsync("c", cancellationToken: Token);

        await scene.Conversations.AddMessagesAsync("c", [new(ChatRole.Assistant, [new FunctionCallContent("x", "find")])], turnId: shown.TurnId, cancellationToken: Token);
        Assert.Equal((TurnState.AwaitingTools, null), await StateAsync(scene, shown.TurnId!));

        await scene.Conversations.AddMessagesAsync("c", [new(ChatRole.Tool, [new FunctionResultContent("x", 1)])], turnId: shown.TurnId, cancellationToken: Token);
        Assert.Equal((TurnState.AwaitingTools, null), await StateAsync(scene, shown.TurnId!));

        await scene.Conversations.AddMessagesAsync("c", [new(ChatRole.Assistant, "Found.")], turnId: shown.TurnId, cancellationToken: Token);
        Assert.Equal((TurnState.Completed, (DateTimeOffset?)scene.Clock.GetUtcNow()), await StateAsync(scene, shown.TurnId!));
    }

    [Fact]
    public async Task NewAndInjectedMessages_AreShownAndNotStored()
    {
        await using var scene = await StartAsync(messages: 4);

        var shown = await scene.Conversations.ApplyMemoryAsync(
            "c", strategies: [new WindowMemory(1)], newMessages: [new(ChatRole.User, "new")], injected: [new(ChatRole.User, "fact")], cancellationToken: Token);

        Assert.Equal(["fact", "new"], shown.Messages.Select(static message => message.Text));
        Assert.Equal(4, await scene.Conversations.ReadMessagesAsync("c", Token).CountAsync(Token));
    }

    [Fact]
    public async Task LongConversation_IsReadAsFarAsTheFirstStrategyNeeds()
    {
        var store = new CountingConversationStore();
        await using var scene = await StartAsync(messages: 0, store: store);
        await scene.Conversations.AddMessageAsync("c", new(ChatRole.System, "Be kind."), cancellationToken: Token);
        await scene.Conversations.AddMessageAsync("c", new(ChatRole.User, "I am allergic to nuts."), isPinned: true, cancellationToken: Token);
        await scene.Conversations.AddMessagesAsync("c", Said(3, 2_000), cancellationToken: Token);
        store.ReadCount = 0;

        var shown = await scene.Conversations.ApplyMemoryAsync("c", strategies: [new WindowMemory(20)], turnId: "t", cancellationToken: Token);

        Assert.Equal((2, 202), (store.ReadCount, store.MessageCount));
        var whole = await scene.Conversations.ApplyMemoryAsync("c", strategies: [new ToolResultMemory(), new WindowMemory(20)], cancellationToken: Token);
        Assert.Equal(whole.Messages.Select(static message => message.Text), shown.Messages.Select(static message => message.Text));
        Assert.Equal(["Be kind.", "I am allergic to nuts."], shown.Messages.Take(2).Select(static message => message.Text));
        Assert.True(shown.HasChanged);
        var memory = (await scene.Conversations.Store.FindTurnAsync("", "c", "t", Token))!.Memory!;
        Assert.Equal(new(1, 1_802, MemoryAction.Dropped, "window", "older than what the strategy keeps, and not read but for pinned and system messages", 0), memory.Decisions[0]);
        Assert.Equal((1L, 2L, MemoryAction.Kept), (memory.Decisions[1].FirstSequence!.Value, memory.Decisions[2].FirstSequence!.Value, memory.Decisions[1].Action));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(20_000)]
    public async Task LongConversation_UnderABudgetOfTokens_ShowsWhatTheWholeOneWould(int tokens)
    {
        await using var scene = await StartAsync(messages: 3_000);

        var shown = await scene.Conversations.ApplyMemoryAsync("c", strategies: [new TokenBudgetMemory(tokens)], cancellationToken: Token);
        var whole = await scene.Conversations.ApplyMemoryAsync("c", strategies: [new ToolResultMemory(), new TokenBudgetMemory(tokens)], cancellationToken: Token);

        Assert.Equal(whole.Fingerprint, shown.Fingerprint);
        Assert.InRange(shown.TokensAfter, 1, tokens);
    }

    [Fact]
    public async Task Strategy_ThatFails_FailsTheCallAndIsToldOf()
    {
        await using var scene = await StartAsync(messages: 2);

        var failed = await Assert.ThrowsAsync<MemoryException>(() => scene.Conversations.ApplyMemoryAsync("c", strategies: [new BrokenStrategy()], cancellationToken: Token).AsTask());

        Assert.Equal("broken", failed.Strategy);
        var item = (await scene.RawEventsAsync())[^1];
        Assert.Equal(("memory_failed", "c", "ada"), (item.Type, item.ConversationId, item.UserId));
        Assert.Equal(["strategies=broken", "error_type=System.InvalidOperationException"], item.Data.Select(static pair => $"{pair.Key}={Text(pair.Value)}"));
        Assert.Empty(await scene.Conversations.Store.ListTurnsAsync("", "c", cancellationToken: Token));
    }

    [Fact]
    public async Task Strategy_ThatFailsWhereTheLastMessagesAreEnough_IsToldOfWithTheTurn()
    {
        await using var scene = await StartAsync(messages: 30);

        var shown = await scene.Conversations.ApplyMemoryAsync("c", new() { OnFailure = MemoryFailureMode.LastMessages }, [new BrokenStrategy()], cancellationToken: Token);

        Assert.InRange(shown.Messages.Count, 19, 20);
        Assert.Equal(["memory_trimmed", "memory_failed"], (await scene.RawEventsAsync()).TakeLast(2).Select(static item => item.Type));
    }

    [Fact]
    public async Task Memory_OfWhatIsNotThere_IsNotFound()
    {
        await using var scene = await StartAsync(messages: 1);

        await Assert.ThrowsAsync<ConversationNotFoundException>(() => scene.Conversations.ApplyMemoryAsync("other", cancellationToken: Token).AsTask());
        await Assert.ThrowsAsync<ConversationNotFoundException>(() => scene.Conversations.In("", "bob").ApplyMemoryAsync("c", cancellationToken: Token).AsTask());
    }

    [Fact]
    public async Task Content_OfAKindThatIsNotKnown_IsNotShownAndStaysStored()
    {
        await using var scene = await StartAsync(messages: 1);
        const string Json = """{"role":"user","contents":[{"$type":"hologram","beam":1},{"$type":"text","text":"Look"}]}""";
        await scene.Conversations.Store.CommitAsync(
            new()
            {
                ConversationId = "c",
                At = scene.Clock.GetUtcNow(),
                Messages = [new() { Id = "h", Role = ChatRole.User, Content = new(Json, Convert.ToBase64String(new byte[32])) }],
            },
            Token);

        var shown = await scene.Conversations.ApplyMemoryAsync("c", cancellationToken: Token);

        Assert.Equal("Look", Assert.IsType<TextContent>(Assert.Single(shown.Messages[^1].Contents)).Text);
        Assert.Equal(Json, (await scene.Conversations.ReadMessagesAsync("c", Token).LastAsync(Token)).Content!.Json);
    }

    [Fact]
    public async Task Summary_IsPaidOnce()
    {
        await using var scene = await StartAsync(messages: 60);
        var asked = 0;
        using var model = new StubChatClient
        {
            OnResponse = _ =>
            {
                asked++;
                return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "They counted.")));
            },
        };
        var strategy = new SummaryMemory(model);

        var first = await scene.Conversations.ApplyMemoryAsync("c", strategies: [strategy], cancellationToken: Token);
        var askedFirst = asked;
        var second = await scene.Conversations.ApplyMemoryAsync("c", strategies: [strategy], cancellationToken: Token);

        Assert.Equal((1, 1), (askedFirst, asked));
        Assert.Equal(first.Messages.Select(static message => message.Text), second.Messages.Select(static message => message.Text));
        Assert.Contains(first.Messages, static message => message.Text.Contains("They counted.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Memory_HasASpanAndIsMeasured()
    {
        await using var scene = await StartAsync(messages: 3, static options => options.Memory.Add(new WindowMemory(1)));
        var source = scene.Root.Tracer.StartChain("probe", new());
        source.Dispose();
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = other => other.Name == scene.SourceName,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        var measured = new List<string>();
        using var meters = new MeterListener { InstrumentPublished = (instrument, all) => all.EnableMeasurementEvents(instrument) };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.Start();

        var shown = await scene.Conversations.ApplyMemoryAsync("c", new() { Model = "m", ContextWindow = 1_000 }, turnId: "t", cancellationToken: Token);

        var span = Assert.Single(spans);
        Assert.Equal("memory.apply", span.DisplayName);
        Assert.Equal(
            [
                $"aiobs.memory.tokens_after={shown.TokensAfter}",
                $"aiobs.memory.tokens_before={shown.TokensBefore}",
                "aiobs.turn.id=t",
                "openinference.span.kind=CHAIN",
                "session.id=c",
            ],
            span.TagObjects.Select(static tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(
            new[]
            {
                string.Create(CultureInfo.InvariantCulture, $"aiobs.conversation.context_used {shown.TokensAfter / 1_000.0} gen_ai.request.model=m"),
                "aiobs.memory.dropped 2 aiobs.memory.action=dropped aiobs.memory.strategy=window",
                $"aiobs.memory.tokens {shown.TokensAfter} aiobs.memory.phase=after",
                $"aiobs.memory.tokens {shown.TokensBefore} aiobs.memory.phase=before",
            }.Order(StringComparer.Ordinal),
            measured.Order(StringComparer.Ordinal));

        void Note(Instrument instrument, object value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (instrument.Meter.Name == scene.SourceName && (instrument.Name.StartsWith("aiobs.memory", StringComparison.Ordinal) || instrument.Name.StartsWith("aiobs.conversation", StringComparison.Ordinal)))
            {
                measured.Add(string.Create(CultureInfo.InvariantCulture, $"{instrument.Name} {value} {string.Join(' ', tags.ToArray().OrderBy(static tag => tag.Key, StringComparer.Ordinal).Select(static tag => $"{tag.Key}={tag.Value}"))}"));
            }
        }
    }

    private static async Task<ConversationScene> StartAsync(int messages, Action<ConversationOptions>? options = null, IConversationStore? store = null)
    {
        var scene = new ConversationScene(options, store: store);
        await scene.Conversations.CreateAsync(new() { Id = "c", UserId = "ada" }, Token);
        if (messages > 0)
        {
            await scene.Conversations.AddMessagesAsync("c", Said(1, messages), cancellationToken: Token);
        }

        return scene;
    }

    private static IEnumerable<ChatMessage> Said(int first, int count) =>
        Enumerable.Range(first, count).Select(static number => new ChatMessage(number % 2 == 1 ? ChatRole.User : ChatRole.Assistant, number.ToString(CultureInfo.InvariantCulture)));

    private static async Task<(TurnState State, DateTimeOffset? EndedAt)> StateAsync(ConversationScene scene, string turnId)
    {
        var turn = await scene.Conversations.Store.FindTurnAsync("", "c", turnId, Token);
        return (turn!.State, turn.EndedAt);
    }

    private static string Text(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> pairs => string.Join(';', pairs.Select(static pair => $"{pair.Key} {pair.Value}")),
        System.Collections.IEnumerable items and not string => string.Join(',', items.Cast<object>()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private sealed class BrokenStrategy : IMemoryStrategy
    {
        public string Name => "broken";

        public ValueTask ApplyAsync(MemoryWork work, CancellationToken cancellationToken) => throw new InvalidOperationException("secret");
    }
}

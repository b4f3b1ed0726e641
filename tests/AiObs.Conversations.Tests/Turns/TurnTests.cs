using AiObs.Memory;
using AiObs.Store;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Conversations.Tests.Turns;

public sealed class TurnTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Turn_StoresQuestionAndAnswer_AndShowsTheModelWhatWasSaid(bool isStreaming)
    {
        await using var scene = new TurnScene().Answering("Hi Ada.", "Ada.");

        var first = await scene.AskAsync(isStreaming, "I am Ada.", "t-1");
        var second = await scene.AskAsync(isStreaming, "Who am I?", "t-2");

        Assert.Equal(["u:I am Ada."], scene.Sent(0));
        Assert.Equal(["u:I am Ada.", "a:Hi Ada.", "u:Who am I?"], scene.Sent(1));
        Assert.Equal(["u:I am Ada.", "a:Hi Ada.", "u:Who am I?", "a:Ada."], await scene.RowsAsync());
        Assert.Equal(("Hi Ada.", "Ada."), (first.Text, second.Text));
        Assert.Equal([1, 2], first.Messages.Select(static message => message.Sequence));
        Assert.Equal((TurnState.Completed, false, false, 0), (second.State, second.IsReplay, second.HasDiverged, second.Branch));
        var stored = (await scene.Conversations.FindAsync(TurnScene.Id, Token))!;
        Assert.Equal(stored with { Tags = [], Metadata = second.Conversation.Metadata }, second.Conversation with { Tags = [] });
        Assert.Equal(4, stored.Version);
        var turn = await scene.TurnAsync("t-2");
        Assert.Equal((TurnState.Completed, scene.Scene.Clock.GetUtcNow(), null, 3), (turn.State, turn.EndedAt, turn.LeaseUntil, turn.QuestionSequence));
        Assert.Equal(second.Memory!.Fingerprint, turn.Memory!.Fingerprint);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Turn_RaisesEachEventOnce(bool isStreaming)
    {
        await using var scene = new TurnScene(observe: static builder => builder.AddCostTracking()).Answering("Hi.");
        using var client = scene.Model.AsBuilder().UseAgentObservability(scene.Scene.Root).Build();

        await scene.AskAsync(isStreaming, "Hello", "t-1", new() { Client = client });

        Assert.Equal(
            ["conversation_created", "message_sent", "response_received", "cost_recorded", "message_sent", "turn_completed"], await scene.EventTypesAsync());
        var events = await scene.Scene.RawEventsAsync();
        Assert.Equal(["user", "assistant"], events.Where(static item => item.Type == "message_sent").Select(static item => item.Data["role"]));
        Assert.Equal(
            ["turn_id=t-1", "outcome=completed", "branch=0"], events[^1].Data.Where(static pair => pair.Value is not null).Select(static pair => $"{pair.Key}={pair.Value}"));
    }

    [Fact]
    public async Task Turn_PutsItsIdOnCostRecordsAndEventsOfItsCalls()
    {
        await using var scene = new TurnScene(observe: static builder => builder.AddCostTracking()).Answering("Hi.");
        using var client = scene.Model.AsBuilder().UseAgentObservability(scene.Scene.Root).Build();

        await scene.AskAsync("Hello", "t-1", new() { Client = client });

        var cost = Assert.Single(await scene.Scene.Root.Costs!.Store.ReadAsync(new(), Token).ToArrayAsync(Token));
        Assert.Equal((TurnScene.Id, "t-1"), (cost.ConversationId, cost.Metadata!["turn_id"]));
    }

    [Fact]
    public async Task Answer_IsStoredWithUsageAndFinishReason_AndSentWithoutThem()
    {
        await using var scene = new TurnScene().Answering("Hi.");

        var result = await scene.AskAsync("Hello");
        await scene.AskAsync("Again");

        var stored = result.Messages[1];
        var message = stored.ToMessage();
        Assert.Equal(3, stored.TokenCount);
        Assert.Equal(10, message.Contents.OfType<UsageContent>().Single().Details.TotalTokenCount);
        Assert.Equal("stop", message.AdditionalProperties!["aiobs.finish_reason"]?.ToString());
        Assert.Equal("m", message.MessageId);
        var sent = scene.Model.Calls[1].Messages.ElementAt(1);
        Assert.Null(sent.AdditionalProperties);
        Assert.IsType<TextContent>(Assert.Single(sent.Contents));
    }

    [Fact]
    public async Task Client_IsThatOfTheContainer()
    {
        using var model = StubChatClient.Answering(TurnScene.ResponseOf("Hi."));
        await using var scene = new TurnScene(observe: builder => builder.Services.AddSingleton<IChatClient>(model));

        var result = await scene.Conversations.ConverseAsync(TurnScene.Id, "Hello", cancellationToken: Token);

        Assert.Equal("Hi.", result.Text);
        Assert.Single(model.Calls);
    }

    [Fact]
    public async Task Client_ThereIsNone_FailsBeforeAnythingIsStored()
    {
        await using var scene = new TurnScene();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => scene.Conversations.ConverseAsync(TurnScene.Id, "Hello", cancellationToken: Token));

        Assert.Equal("There is no client to answer the turn. Register an IChatClient, or set TurnOptions.Client. Nothing was stored.", exception.Message);
        Assert.False(await scene.Conversations.ExistsAsync(TurnScene.Id, Token));
    }

    [Fact]
    public async Task ChatOptions_AreCopiedWithoutConversationId()
    {
        await using var scene = new TurnScene();
        var chat = new ChatOptions { Temperature = 0.5f, ConversationId = "theirs" };

        await scene.AskAsync("Hello", options: scene.Options with { ChatOptions = chat });

        Assert.Equal((0.5f, null), (scene.Model.Calls[0].Options!.Temperature, scene.Model.Calls[0].Options!.ConversationId));
        Assert.Equal("theirs", chat.ConversationId);
    }

    [Fact]
    public async Task CreateIfMissing_IsOff_FindsNone()
    {
        await using var scene = new TurnScene();

        await Assert.ThrowsAsync<ConversationNotFoundException>(() => scene.AskAsync("Hello", options: scene.Options with { CreateIfMissing = false }));

        Assert.Empty(scene.Model.Calls);
    }

    [Fact]
    public async Task DeletedConversation_IsNotRevived()
    {
        await using var scene = new TurnScene();
        await scene.AskAsync("Hello");
        await scene.Conversations.DeleteAsync(TurnScene.Id, cancellationToken: Token);

        await Assert.ThrowsAsync<ConversationNotFoundException>(() => scene.AskAsync("Hello"));

        Assert.Single(scene.Model.Calls);
    }

    [Fact]
    public async Task ConversationOfAnotherUser_IsNotFound()
    {
        await using var scene = new TurnScene();
        await scene.Conversations.In("", "ada").ConverseAsync(TurnScene.Id, "Hello", scene.Options, Token);

        await Assert.ThrowsAsync<ConversationNotFoundException>(() => scene.Conversations.In("", "bob").ConverseAsync(TurnScene.Id, "Hello", scene.Options, Token));

        Assert.Equal("ada", (await scene.Conversations.FindAsync(TurnScene.Id, Token))!.UserId);
    }

    [Fact]
    public async Task MemoryOptions_ReachTheStrategies()
    {
        await using var scene = new TurnScene();
        await scene.AskAsync("One");
        await scene.AskAsync("Two");

        var result = await scene.AskAsync("Three", options: scene.Options with { Strategies = [new WindowMemory(1)], Memory = new() { Model = "own", ReservedTokens = 5 } });

        Assert.Equal(["u:Three"], scene.Sent(2));
        Assert.Equal("own", (await scene.TurnAsync(result.TurnId)).Memory!.Model);
        Assert.Contains("memory_trimmed", await scene.EventTypesAsync());
    }

    [Fact]
    public async Task ConversationOptions_GiveTheStrategies()
    {
        await using var scene = new TurnScene(static options => options.Memory.Add(new WindowMemory(1)));
        await scene.AskAsync("One");

        await scene.AskAsync("Two");

        Assert.Equal(["u:Two"], scene.Sent(1));
    }

    [Fact]
    public async Task TwoCommits_AreAllThatATurnWrites()
    {
        await using var scene = new TurnScene();

        var result = await scene.AskAsync("Hello");

        Assert.Equal(2, result.Conversation.Version);
    }

    [Fact]
    public async Task Request_ThatSaysNothing_IsRefused()
    {
        await using var scene = new TurnScene();

        Assert.Throws<ArgumentException>(() => { _ = scene.Conversations.ConverseAsync(new TurnRequest { ConversationId = TurnScene.Id, Options = scene.Options }, Token); });
        Assert.Throws<ArgumentException>(() => { _ = scene.Conversations.ConverseAsync(scene.Request("x") with { RegenerateMessageId = "m" }, Token); });
        await Assert.ThrowsAsync<ArgumentException>(() => scene.Conversations.ConverseAsync(new TurnRequest { ConversationId = TurnScene.Id, TurnId = "t", Options = scene.Options }, Token));

        Assert.False(await scene.Conversations.ExistsAsync(TurnScene.Id, Token));
    }

    [Fact]
    public async Task Question_ThatIsTooLarge_IsRefusedAndALargeAnswerIsNot()
    {
        await using var scene = new TurnScene(static options => options.MaxMessageLength = 1_024).Answering(new string('x', 5_000));

        await Assert.ThrowsAsync<ArgumentException>(() => scene.AskAsync(new string('x', 5_000)));
        Assert.False(await scene.Conversations.ExistsAsync(TurnScene.Id, Token));
        await scene.AskAsync("Hello");

        Assert.Equal(5_002, (await scene.RowsAsync())[1].Length);
    }

    [Fact]
    public async Task Spans_AreThoseOfOneChain()
    {
        await using var scene = new TurnScene();
        using var spans = new SpanCollector(scene.Scene.SourceName);
        using var client = scene.Model.AsBuilder().UseAgentObservability(scene.Scene.Root).Build();

        await scene.AskAsync("Hello", "t-1", new() { Client = client });
        await scene.AskAsync("Hello", "t-1", new() { Client = client });

        var turns = spans.Spans.Where(static span => span.OperationName == "converse").ToArray();
        Assert.Equal(["completed", "completed"], turns.Select(static span => span.GetTagItem("aiobs.turn.state")));
        Assert.Equal([false, true], turns.Select(static span => span.GetTagItem("aiobs.turn.replayed")));
        Assert.Equal([false, false], turns.Select(static span => span.GetTagItem("aiobs.turn.diverged")));
        Assert.All(turns, static span => Assert.Equal(("t-1", "CHAIN"), (span.GetTagItem("aiobs.turn.id"), span.GetTagItem("openinference.span.kind"))));
        Assert.Equal(turns[0].SpanId, Assert.Single(spans.Spans, static span => span.OperationName.StartsWith("chat", StringComparison.Ordinal)).ParentSpanId);
    }
}

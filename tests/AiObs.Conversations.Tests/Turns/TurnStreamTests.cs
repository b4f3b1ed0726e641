using System.Diagnostics;
using AiObs.Store;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Turns;

public sealed class TurnStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Updates_AreThoseOfTheClient_AsTheyCome()
    {
        await using var scene = new TurnScene();
        ChatResponseUpdate[] updates = TurnScene.UpdatesOf("Hi.");
        scene.Model.OnStream = _ => new StubUpdates(updates);

        Assert.Equal(updates, await scene.Conversations.ConverseStreamingAsync(scene.Request("Hello"), Token).ToArrayAsync(Token));
    }

    [Theory]
    [InlineData(PartialAnswers.Keep)]
    [InlineData(PartialAnswers.KeepHidden)]
    [InlineData(PartialAnswers.Discard)]
    public async Task Left_BeforeTheEnd_IsAbandoned(PartialAnswers partial)
    {
        await using var scene = new TurnScene().Answering("Hi there.");
        var updates = new StubUpdates(TurnScene.UpdatesOf("Hi there."));
        scene.Model.OnStream = _ => updates;
        var stream = scene.Conversations.ConverseStreamingAsync(scene.Request("Hello", "t-1", scene.Options with { PartialAnswers = partial }), Token);

        await foreach (var update in stream)
        {
            break;
        }

        var result = await stream.Result;
        Assert.Equal((TurnState.Abandoned, "Hi t"), (result.State, result.Text));
        Assert.Equal(1, updates.DisposeCount);
        Assert.Equal(TurnState.Abandoned, (await scene.TurnAsync("t-1")).State);
        Assert.Equal(partial == PartialAnswers.Keep ? ["u:Hello", "a:Hi t (Partial)"] : ["u:Hello"], await scene.RowsAsync());
        Assert.Equal(partial == PartialAnswers.KeepHidden ? ["u:Hello", "a:Hi t (Partial)"] : [], await scene.RowsAsync(branch: 1));
        Assert.Equal("turn_failed", (await scene.EventTypesAsync())[^1]);
        Assert.False(result.HasDiverged);

        await scene.AskAsync("And now?");

        Assert.Equal(partial == PartialAnswers.Keep ? ["u:Hello", "a:Hi t", "u:And now?"] : ["u:Hello", "u:And now?"], scene.Sent(1));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    public async Task CutAtAnyUpdate_StoresWhatWasDelivered(bool isCancelled, int move)
    {
        await using var scene = new TurnScene();
        using var own = new CancellationTokenSource();
        scene.Model.OnStream = _ => new StubUpdates(TurnScene.UpdatesOf("Hi there."))
        {
            OnMoveNext = (current, token) =>
            {
                if (current != move)
                {
                    return ValueTask.CompletedTask;
                }

                if (!isCancelled)
                {
                    return ValueTask.FromException(new IOException("away"));
                }

                own.Cancel();
                token.ThrowIfCancellationRequested();
                return ValueTask.CompletedTask;
            },
        };
        var stream = scene.Conversations.ConverseStreamingAsync(scene.Request("Hello", "t-1"), own.Token);

        var exception = await Record.ExceptionAsync(async () => await stream.ToArrayAsync(Token));

        Assert.Same(exception, await Record.ExceptionAsync(() => stream.Result));
        Assert.True(isCancelled ? exception is OperationCanceledException : exception is IOException);
        Assert.Equal(isCancelled ? TurnState.Cancelled : TurnState.Failed, (await scene.TurnAsync("t-1")).State);
        string[] rows = move switch { 0 => ["u:Hello"], 1 => ["u:Hello", "a:Hi t (Partial)"], _ => ["u:Hello", "a:Hi there. (Partial)"] };
        Assert.Equal(rows, await scene.RowsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Plain_Cancelled_IsStoredAsThat(bool isBefore)
    {
        await using var scene = new TurnScene();
        using var own = new CancellationTokenSource();
        scene.Model.OnResponse = call => { own.Cancel(); call.CancellationToken.ThrowIfCancellationRequested(); return Task.FromResult(TurnScene.ResponseOf("Hi.")); };
        if (isBefore)
        {
            await own.CancelAsync();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.Conversations.ConverseAsync(scene.Request("Hello", "t-1"), own.Token));

        Assert.Equal(isBefore ? null : TurnState.Cancelled, (await scene.Conversations.Store.FindTurnAsync("", TurnScene.Id, "t-1", Token))?.State);
    }

    [Fact]
    public async Task OnlyText_OfAPartialMessage_GoesToAModelAgain()
    {
        await using var scene = new TurnScene();
        scene.Model.OnStream = static _ => StubUpdates.ThrowingAt(
            1, new IOException("away"), new ChatResponseUpdate(ChatRole.Assistant, [new TextReasoningContent("hm"), new TextContent("Let me see"), new FunctionCallContent("call-1", "get_weather")]) { MessageId = "m" });
        await Assert.ThrowsAsync<IOException>(() => scene.StreamAsync("Hello"));
        scene.Answering("Hi.");

        await scene.AskAsync("And now?");

        Assert.IsType<TextContent>(Assert.Single(scene.Model.Calls[1].Messages.ElementAt(1).Contents));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StoreThatIsDown_AfterTheAnswer_LosesNoAnswer(bool isStreaming)
    {
        var store = new BrokenConversationStore();
        await using var scene = new TurnScene(store: store).Answering("Hi.");
        store.OnCommitted = () => store.IsBroken = true;

        if (isStreaming)
        {
            var (result, read) = await scene.StreamAsync("Hello", "t-1");
            Assert.Equal(("Hi.", TurnState.Failed, "Hi.", "no room"), (read, result.State, result.Text, result.SaveError!.Message));
        }
        else
        {
            var exception = await Assert.ThrowsAsync<TurnSaveException>(() => scene.AskAsync("Hello", "t-1"));
            Assert.Equal(("t-1", "Hi.", "no room"), (exception.TurnId, exception.Response.Text, exception.InnerException!.Message));
        }

        Assert.Equal(TurnState.Open, (await scene.TurnAsync("t-1")).State);
    }

    [Fact]
    public async Task ConversationThatIsErasedMeanwhile_LosesNoAnswer()
    {
        await using var scene = new TurnScene();
        scene.Model.OnResponse = async _ => { await scene.Conversations.DeleteAsync(TurnScene.Id, ConversationDelete.Erase, cancellationToken: Token); return TurnScene.ResponseOf("Hi."); };

        var exception = await Assert.ThrowsAsync<TurnSaveException>(() => scene.AskAsync("Hello"));

        Assert.IsType<ConversationNotFoundException>(exception.InnerException);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task SaveTimeout_EndsTheWaitForAStoreThatHangs()
    {
        var store = new HangingConversationStore();
        await using var scene = new TurnScene(static options => options.SaveTimeout = TimeSpan.FromMilliseconds(20), store: store).Answering("Hi.");
        store.HangsAt = 2;

        var asked = scene.AskAsync("Hello");
        await store.Reached;
        scene.Scene.Clock.Advance(TimeSpan.FromMilliseconds(20));

        Assert.Equal("Hi.", (await Assert.ThrowsAsync<TurnSaveException>(() => asked)).Response.Text);
    }

    [Fact]
    public async Task Stream_IsEnumeratedOnce()
    {
        await using var scene = new TurnScene();
        var stream = scene.Conversations.ConverseStreamingAsync(scene.Request("Hello"), Token);
        await stream.ToArrayAsync(Token);

        Assert.Throws<InvalidOperationException>(() => { _ = stream.GetAsyncEnumerator(Token); });
    }

    [Fact]
    public async Task Flow_IsThatOfTheTurnForTheClient_AndTheConsumersOwnOutside()
    {
        await using var scene = new TurnScene();
        using var spans = new SpanCollector(scene.Scene.SourceName);
        var updates = new StubUpdates(TurnScene.UpdatesOf("Hi."));
        scene.Model.OnStream = _ => updates;
        using var mine = new Activity("mine").Start();

        await foreach (var update in scene.Conversations.ConverseStreamingAsync(scene.Request("Hello"), Token))
        {
            Assert.Same(mine, Activity.Current);
            Assert.Null(AgentContext.Current);
        }

        Assert.Same(mine, Activity.Current);
        Assert.All(updates.MoveActivities, static activity => Assert.Equal("converse", activity?.OperationName));
    }
}

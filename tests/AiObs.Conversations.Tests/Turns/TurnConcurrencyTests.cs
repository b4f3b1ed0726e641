using AiObs.Store;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Turns;

/// <summary>Several turns, and several writers, at once.</summary>
public sealed class TurnConcurrencyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = HangGuard.Milliseconds)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wait_GoesOnOnceTheOtherHasEnded(bool isSame)
    {
        await using var scene = new TurnScene();
        var gate = new StubGate();
        scene.Model.OnResponse = async call =>
        {
            if (scene.Model.Calls.Count == 1)
            {
                await gate.WaitAsync(call.CancellationToken);
            }

            return TurnScene.ResponseOf($"Answer {scene.Model.Calls.Count}");
        };
        var first = scene.AskAsync("One", "t-1");
        await gate.Reached;
        var change = scene.Scene.Clock.TimerChange;
        var second = scene.AskAsync("Two", isSame ? "t-1" : "t-2", scene.Options with { Concurrency = TurnConcurrency.Wait });
        await change;
        Assert.False(second.IsCompleted);

        gate.Release();
        await first;
        scene.Scene.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(isSame ? ("Answer 1", true) : ("Answer 2", false), ((await second).Text, (await second).IsReplay));
        Assert.Equal(isSame ? ["u:One", "a:Answer 1"] : ["u:One", "a:Answer 1", "u:Two", "a:Answer 2"], await scene.RowsAsync());
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Wait_EndsWithItsToken()
    {
        await using var scene = new TurnScene();
        using var own = new CancellationTokenSource();
        var gate = new StubGate();
        scene.Model.OnResponse = async call => { await gate.WaitAsync(call.CancellationToken); return TurnScene.ResponseOf("Hi."); };
        var first = scene.AskAsync("One");
        await gate.Reached;
        var second = scene.Conversations.ConverseAsync(scene.Request("Two", options: scene.Options with { Concurrency = TurnConcurrency.Wait }), own.Token);

        await own.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        gate.Release();
        await first;
        Assert.Equal(["u:One", "a:Hi."], await scene.RowsAsync());
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Branch_GoesOnBeforeTheOther()
    {
        await using var scene = new TurnScene().Answering("Zero.");
        await scene.AskAsync("Zero");
        var gate = new StubGate();
        scene.Model.OnResponse = async call =>
        {
            if (scene.Model.Calls.Count == 2)
            {
                await gate.WaitAsync(call.CancellationToken);
            }

            return TurnScene.ResponseOf($"{call.Messages.Last().Text}!");
        };
        var first = scene.AskAsync("One");
        await gate.Reached;

        var second = await scene.AskAsync("Two", options: scene.Options with { Concurrency = TurnConcurrency.Branch });

        gate.Release();
        Assert.Equal((true, 1), (second.HasDiverged, second.Branch));
        Assert.False((await first).HasDiverged);
        Assert.Equal(["u:Zero", "a:Zero.", "u:Two"], scene.Sent(2));
        Assert.Equal(["u:Zero", "a:Zero.", "u:One", "a:One!"], await scene.RowsAsync());
        Assert.Equal(["u:Zero", "a:Zero.", "u:Two", "a:Two!"], await scene.RowsAsync(branch: 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SomebodyWritesMeanwhile_TheAnswerGoesToABranchOfItsOwn(bool isStreaming)
    {
        await using var scene = new TurnScene().Answering("Hi.");
        var answer = TurnScene.ResponseOf("Hi.");
        scene.Model.OnResponse = async _ => { await InterfereAsync(); return answer; };
        scene.Model.OnStream = _ => new StubUpdates(answer.ToChatResponseUpdates()) { OnMoveNext = async (move, _) => { if (move == 1) { await InterfereAsync(); } } };

        var result = await scene.AskAsync(isStreaming, "Hello", "t-1");

        Assert.Equal((true, 1, TurnState.Completed), (result.HasDiverged, result.Branch, result.State));
        Assert.Equal(["u:Hello", "u:Me too"], await scene.RowsAsync());
        Assert.Equal(["u:Hello", "a:Hi."], await scene.RowsAsync(branch: 1));
        Assert.Equal((TurnState.Completed, 1), ((await scene.TurnAsync("t-1")).State, (await scene.TurnAsync("t-1")).Branch));
        Assert.Equal(["turn_completed", "turn_diverged"], (await scene.EventTypesAsync())[^2..]);

        async Task InterfereAsync() => await scene.Conversations.AddMessageAsync(TurnScene.Id, new(ChatRole.User, "Me too"), cancellationToken: Token);
    }

    [Fact]
    public async Task SomebodyChangesTheTitleMeanwhile_NothingDiverges()
    {
        await using var scene = new TurnScene();
        scene.Model.OnResponse = async _ =>
        {
            await scene.Conversations.UpdateAsync(TurnScene.Id, static found => found with { Title = "New" }, Token);
            return TurnScene.ResponseOf("Hi.");
        };

        var result = await scene.AskAsync("Hello");

        Assert.Equal((false, "New"), (result.HasDiverged, result.Conversation.Title));
        Assert.Equal("New", (await scene.Conversations.FindAsync(TurnScene.Id, Token))!.Title);
        Assert.Equal(["u:Hello", "a:Hi."], await scene.RowsAsync());
    }

    [Fact]
    public async Task SomebodyWritesBeforeTheQuestion_IsShownToTheModel()
    {
        var store = new BrokenConversationStore();
        await using var scene = new TurnScene(store: store);
        await scene.AskAsync("One");
        var strategy = new InterferingMemory(() => scene.Conversations.AddMessageAsync(TurnScene.Id, new(ChatRole.User, "Me too"), cancellationToken: Token).AsTask());

        var result = await scene.AskAsync("Two", options: scene.Options with { Strategies = [strategy] });

        Assert.Equal(["u:One", "a:Hello.", "u:Me too", "u:Two"], scene.Sent(1));
        Assert.False(result.HasDiverged);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Lease_IsRenewedWhileTheModelIsAsked()
    {
        await using var scene = new TurnScene();
        var gate = new StubGate();
        scene.Model.OnResponse = async call => { await gate.WaitAsync(call.CancellationToken); return TurnScene.ResponseOf("Hi."); };
        var asked = scene.AskAsync("Hello", "t-1");
        await gate.Reached;

        for (var renewal = 0; renewal < 9; renewal++)
        {
            scene.Scene.Clock.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.Equal(scene.Scene.Clock.GetUtcNow().AddMinutes(1), (await scene.TurnAsync("t-1")).LeaseUntil);
        await Assert.ThrowsAsync<ConversationBusyException>(() => scene.AskAsync("Two"));
        gate.Release();
        Assert.Equal((TurnState.Completed, false), ((await asked).State, (await asked).HasDiverged));
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Lease_OfAStreamWhoseConsumerIsGone_Ends()
    {
        await using var scene = new TurnScene().Answering("Hi.");
        await using var updates = scene.Conversations.ConverseStreamingAsync(scene.Request("Hello", "t-1"), Token).GetAsyncEnumerator(Token);
        await updates.MoveNextAsync();

        for (var renewal = 0; renewal < 9; renewal++)
        {
            scene.Scene.Clock.Advance(TimeSpan.FromSeconds(20));
        }

        // Once for the update that came, and then no more.
        Assert.True((await scene.TurnAsync("t-1")).LeaseUntil < scene.Scene.Clock.GetUtcNow());
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Lease_ThatIsLost_LosesNoAnswer()
    {
        await using var scene = new TurnScene();
        var slow = new StubChatClient { OnStream = static _ => new StubUpdates(TurnScene.UpdatesOf("Slow.")) };
        var stream = scene.Conversations.ConverseStreamingAsync(scene.Request("Hello", "t-1", new() { Client = slow }), Token);
        await using var updates = stream.GetAsyncEnumerator(Token);
        await updates.MoveNextAsync();
        scene.Scene.Clock.Advance(TimeSpan.FromMinutes(5));

        // Another instance takes it over while the first one's consumer is at something else.
        var other = await scene.AskAsync("Hello", "t-1");
        while (await updates.MoveNextAsync())
        {
        }

        var own = await stream.Result;
        Assert.Equal(("Hello.", false), (other.Text, other.HasDiverged));
        Assert.Equal(("Slow.", true, 1), (own.Text, own.HasDiverged, own.Branch));
        Assert.Equal(["u:Hello", "a:Hello."], await scene.RowsAsync());
        Assert.Equal(["u:Hello", "a:Slow."], await scene.RowsAsync(branch: 1));
        Assert.Equal((TurnState.Completed, 0), ((await scene.TurnAsync("t-1")).State, (await scene.TurnAsync("t-1")).Branch));
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task ManyAtOnce_OneRunsAndTheOthersAreRefused()
    {
        await using var scene = new TurnScene();
        var gate = new StubGate();
        scene.Model.OnResponse = async call => { await gate.WaitAsync(call.CancellationToken); return TurnScene.ResponseOf("Hi."); };

        var asked = Enumerable.Range(0, 16).Select(number => Task.Run(() => scene.AskAsync($"Question {number}"), Token)).ToArray();
        while (asked.Count(static task => task.IsFaulted) < 15)
        {
            await Task.WhenAny(asked.Where(static task => !task.IsCompleted));
        }

        gate.Release();
        var outcomes = await Task.WhenAll(asked.Select(static async task => await Record.ExceptionAsync(() => task)));

        Assert.Equal(15, outcomes.OfType<ConversationBusyException>().Count());
        Assert.Equal(2, (await scene.RowsAsync()).Length);
        Assert.Single(scene.Model.Calls);
    }

    private sealed class InterferingMemory(Func<Task> interfere) : AiObs.Memory.IMemoryStrategy
    {
        private bool _isDone;

        public string Name => "interfering";

        public async ValueTask ApplyAsync(AiObs.Memory.MemoryWork work, CancellationToken cancellationToken)
        {
            if (!_isDone)
            {
                _isDone = true;
                await interfere();
            }
        }
    }
}

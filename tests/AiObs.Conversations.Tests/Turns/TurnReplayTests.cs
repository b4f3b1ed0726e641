using AiObs.Cost.Budgets;
using AiObs.Store;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Turns;

/// <summary>What follows when a turn is tried again with its id.</summary>
public sealed class TurnReplayTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Completed_GivesTheStoredAnswer_AndAsksNobody(bool isFirstStreaming, bool isSecondStreaming)
    {
        await using var scene = new TurnScene().Answering("Hi.", "Never.");
        var first = await scene.AskAsync(isFirstStreaming, "Hello", "t-1");

        var second = await scene.AskAsync(isSecondStreaming, "Hello", "t-1");

        Assert.Equal(("Hi.", true, TurnState.Completed), (second.Text, second.IsReplay, second.State));
        Assert.Equal(
            (first.Response.ResponseId, first.Response.ModelId, first.Response.FinishReason, first.Response.Usage?.TotalTokenCount),
            (second.Response.ResponseId, second.Response.ModelId, second.Response.FinishReason, second.Response.Usage?.TotalTokenCount));
        Assert.Equal(2, second.Conversation.Version);
        Assert.Single(scene.Model.Calls);
        Assert.Equal(["u:Hello", "a:Hi."], await scene.RowsAsync());
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Open_WithALiveLease_IsBusy(bool isSame)
    {
        await using var scene = new TurnScene();
        var gate = new StubGate();
        scene.Model.OnResponse = async call => { await gate.WaitAsync(call.CancellationToken); return TurnScene.ResponseOf("Hi."); };
        var running = scene.AskAsync("Hello", "t-1");
        await gate.Reached;

        var busy = await Assert.ThrowsAsync<ConversationBusyException>(() => scene.AskAsync("Hello", isSame ? "t-1" : "t-2"));

        Assert.Equal(("t-1", scene.Scene.Clock.GetUtcNow().AddMinutes(1)), (busy.TurnId, busy.LeaseUntil));
        gate.Release();
        Assert.Equal("Hi.", (await running).Text);
        Assert.Equal(["u:Hello", "a:Hi."], await scene.RowsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Open_WithALeaseThatIsOver_IsGoneOnWith(bool isStreaming)
    {
        await using var scene = new TurnScene().Answering("Hi.");
        await BeginAsync(scene, "t-1");
        scene.Scene.Clock.Advance(TimeSpan.FromMinutes(1));

        var result = await scene.AskAsync(isStreaming, "Hello", "t-1");

        Assert.Equal((false, TurnState.Completed, false), (result.IsReplay, result.State, result.HasDiverged));
        Assert.Equal(["u:Hello"], scene.Sent(0));
        Assert.Equal(["u:Hello", "a:Hi."], await scene.RowsAsync());
    }

    [Fact]
    public async Task Open_WhileOthersWentOn_IsAnsweredOnABranchOfItsOwn()
    {
        await using var scene = new TurnScene().Answering("Two.", "One.");
        await BeginAsync(scene, "t-1");
        scene.Scene.Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.AskAsync("Two?", "t-2");

        var result = await scene.AskAsync("Hello", "t-1");

        Assert.Equal((true, 1), (result.HasDiverged, result.Branch));
        Assert.Equal(["u:Hello"], scene.Sent(1));
        Assert.Equal(["u:Hello", "u:Two?", "a:Two."], await scene.RowsAsync());
        Assert.Equal(["u:Hello", "a:One."], await scene.RowsAsync(branch: 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Failed_AsksAgainWithoutAddingTheQuestion(bool isStreaming)
    {
        await using var scene = new TurnScene();
        scene.Model.OnResponse = static _ => throw new IOException("away");
        scene.Model.OnStream = static _ => StubUpdates.ThrowingAt(1, new IOException("away"), TurnScene.UpdatesOf("Half of it"));
        await Assert.ThrowsAsync<IOException>(() => scene.AskAsync(isStreaming, "Hello", "t-1"));
        var failed = await scene.TurnAsync("t-1");
        scene.Answering("Hi.");

        var result = await scene.AskAsync(isStreaming, "Hello", "t-1");

        Assert.Equal((TurnState.Failed, "System.IO.IOException", null), (failed.State, failed.ErrorType, failed.LeaseUntil));
        Assert.Equal(["u:Hello"], scene.Sent(1));
        Assert.Equal(["u:Hello", "a:Hi."], await scene.RowsAsync());
        Assert.Equal((TurnState.Completed, false), (result.State, result.HasDiverged));
        Assert.Null((await scene.TurnAsync("t-1")).ErrorType);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RefusedByABudget_EndsRefused_AndARetryAsksAgain(bool isStreaming)
    {
        await using var scene = new TurnScene();
        scene.Model.OnResponse = static _ => throw new BudgetExceededException("no money");
        scene.Model.OnStream = static _ => throw new BudgetExceededException("no money");
        await Assert.ThrowsAsync<BudgetExceededException>(() => scene.AskAsync(isStreaming, "Hello", "t-1"));
        Assert.Equal(TurnState.Refused, (await scene.TurnAsync("t-1")).State);
        Assert.Equal(["u:Hello"], await scene.RowsAsync());
        scene.Answering("Hi.");

        await scene.AskAsync(isStreaming, "Hello", "t-1");

        Assert.Equal(["u:Hello"], scene.Sent(1));
        Assert.Equal(["u:Hello", "a:Hi."], await scene.RowsAsync());
        Assert.Equal(["conversation_created", "message_sent", "turn_failed", "message_sent", "turn_completed"], await scene.EventTypesAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AwaitingTools_GoesOnWithTheirResults_AndOnlyOnce(bool isStreaming)
    {
        await using var scene = new TurnScene();
        var call = new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("call-1", "get_weather")]) { MessageId = "m" });
        scene.Model.OnResponse = _ => Task.FromResult(scene.Model.Calls.Count == 1 ? call : TurnScene.ResponseOf("Sunny."));
        scene.Model.OnStream = _ => new StubUpdates((scene.Model.Calls.Count == 1 ? call : TurnScene.ResponseOf("Sunny.")).ToChatResponseUpdates());
        var results = scene.Request("") with { TurnId = "t-1", Messages = [new(ChatRole.Tool, [new FunctionResultContent("call-1", "sun")])] };

        var first = await scene.AskAsync(isStreaming, "Weather?", "t-1");
        var again = await scene.AskAsync(isStreaming, "Weather?", "t-1");
        var second = await scene.Conversations.ConverseAsync(results, Token);
        var last = await scene.Conversations.ConverseAsync(results, Token);

        Assert.Equal((TurnState.AwaitingTools, true, TurnState.AwaitingTools), (first.State, again.IsReplay, again.State));
        Assert.Equal((TurnState.Completed, false), (second.State, second.IsReplay));
        Assert.Equal((TurnState.Completed, true, "Sunny."), (last.State, last.IsReplay, last.Text));
        Assert.Equal(2, scene.Model.Calls.Count);
        Assert.Equal(["u:Weather?", "a:", "t:", "a:Sunny."], await scene.RowsAsync());
        Assert.Equal(["call-1"], scene.Model.Calls[1].Messages.ElementAt(1).Contents.OfType<FunctionCallContent>().Select(static content => content.CallId));
    }

    [Fact]
    public async Task Message_ThatIsThereAlready_IsNoNewQuestion()
    {
        await using var scene = new TurnScene();
        var request = scene.Request("") with { Messages = [new(ChatRole.User, "Hello") { MessageId = "q" }] };
        await scene.Conversations.ConverseAsync(request, Token);

        await Assert.ThrowsAsync<ConversationConflictException>(() => scene.Conversations.ConverseAsync(request, Token));
        await Assert.ThrowsAsync<ConversationConflictException>(() => scene.Conversations.ConverseAsync(request with { Messages = [new(ChatRole.User, "Other") { MessageId = "q" }] }, Token));

        Assert.Single(scene.Model.Calls);
    }

    [Fact]
    public async Task BackgroundAnswer_IsAskedForAgainByWhoeverTriesAgain()
    {
#pragma warning disable MEAI001 // Experimental.
        await using var scene = new TurnScene();
        var token = ResponseContinuationToken.FromBytes(new byte[] { 1, 2, 3 });
        scene.Model.OnResponse = call => Task.FromResult(
            call.Options?.ContinuationToken is null ? new ChatResponse { ResponseId = "r", ContinuationToken = token } : TurnScene.ResponseOf("Hi."));

        var first = await scene.AskAsync("Hello", "t-1");
        var open = await scene.TurnAsync("t-1");
        var second = await scene.AskAsync("Hello", "t-1");

        Assert.Equal((TurnState.Open, true), (first.State, ReferenceEquals(token, first.Response.ContinuationToken)));
        Assert.Equal((TurnState.Open, "AQID", null), (open.State, open.ContinuationToken, open.LeaseUntil));
        Assert.Equal(TurnState.Completed, second.State);
        Assert.Empty(scene.Model.Calls[1].Messages);
        Assert.Equal([1, 2, 3], scene.Model.Calls[1].Options!.ContinuationToken!.ToBytes().ToArray());
        Assert.Null((await scene.TurnAsync("t-1")).ContinuationToken);
        Assert.Equal(["u:Hello", "a:Hi."], await scene.RowsAsync());
#pragma warning restore MEAI001
    }

    [Fact]
    public async Task StreamThatBrokeOff_OfABackgroundAnswer_IsTakenUpWhole()
    {
#pragma warning disable MEAI001 // Experimental.
        await using var scene = new TurnScene();
        var token = ResponseContinuationToken.FromBytes(new byte[] { 1, 2, 3 });
        scene.Model.OnStream = _ => StubUpdates.ThrowingAt(1, new IOException("away"), new ChatResponseUpdate(ChatRole.Assistant, "H") { MessageId = "m", ContinuationToken = token });
        await Assert.ThrowsAsync<IOException>(() => scene.StreamAsync("Hello", "t-1"));
        Assert.Equal("AQID", (await scene.TurnAsync("t-1")).ContinuationToken);
        scene.Answering("Hi.");

        var (result, read) = await scene.StreamAsync("Hello", "t-1");

        Assert.Equal(("Hi.", TurnState.Completed), (read, result.State));
        Assert.NotNull(scene.Model.Calls[1].Options!.ContinuationToken);
        Assert.Equal(["u:Hello", "a:Hi."], await scene.RowsAsync());
#pragma warning restore MEAI001
    }

    /// <summary>Leaves a turn as a process does that ends while the model is asked.</summary>
    private static async Task BeginAsync(TurnScene scene, string turnId)
    {
        var content = MessageContent.Of(new(ChatRole.User, "Hello"));
        var now = scene.Scene.Clock.GetUtcNow();
        await scene.Conversations.Store.CommitAsync(
            new()
            {
                ConversationId = TurnScene.Id,
                At = now,
                Create = new() { Id = TurnScene.Id },
                Messages = [new() { Id = "q", Role = ChatRole.User, Content = content, TurnId = turnId }],
                Turn = new() { Id = turnId, StartedAt = now, LeaseUntil = now.AddMinutes(1), QuestionSequence = 1 },
            },
            Token);
    }
}

using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Turns;

/// <summary>Answers that are given anew, and questions that are edited.</summary>
public sealed class TurnBranchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Regenerate_AnswersTheSameQuestionOnANewBranch()
    {
        await using var scene = new TurnScene().Answering("One.", "Two.", "Another two.");
        await scene.AskAsync("One");
        var old = await scene.AskAsync("Two");

        var result = await scene.Conversations.ConverseAsync(new TurnRequest { ConversationId = TurnScene.Id, RegenerateMessageId = old.Messages[1].Id, Options = scene.Options }, Token);

        Assert.Equal(["u:One", "a:One.", "u:Two"], scene.Sent(2));
        Assert.Equal(["u:One", "a:One.", "u:Two", "a:Another two."], await scene.RowsAsync());
        Assert.Equal(["u:One", "a:One.", "u:Two", "a:Two."], await scene.RowsAsync(branch: 0));
        Assert.Equal(old.Messages[1].Id, Assert.Single(result.Messages).ReplacesId);
        Assert.Equal((false, 1, 1), (result.HasDiverged, result.Branch, result.Conversation.Branch));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Edit_AsksAnotherQuestionOnANewBranch(int turn)
    {
        await using var scene = new TurnScene().Answering("One.", "Two.", "Edited.");
        TurnResult[] turns = [await scene.AskAsync("One"), await scene.AskAsync("Two")];

        var result = await scene.Conversations.ConverseAsync(scene.Request("Other") with { EditMessageId = turns[turn].Messages[0].Id }, Token);

        string[] before = turn == 0 ? [] : ["u:One", "a:One."];
        string[] after = [.. before, "u:Other", "a:Edited."];
        Assert.Equal(after[..^1], scene.Sent(2));
        Assert.Equal(after, await scene.RowsAsync());
        Assert.Equal(["u:One", "a:One.", "u:Two", "a:Two."], await scene.RowsAsync(branch: 0));
        Assert.Equal(turns[turn].Messages[0].Id, result.Messages[0].ReplacesId);
    }

    [Fact]
    public async Task Regenerate_OfALoop_BeginsAfterTheQuestion()
    {
        await using var scene = new TurnScene();
        ChatMessage[] loop =
        [
            new(ChatRole.Assistant, [new FunctionCallContent("call-1", "get_weather")]) { MessageId = "1" },
            new(ChatRole.Tool, [new FunctionResultContent("call-1", "sun")]) { MessageId = "2" },
            new(ChatRole.Assistant, "Sunny.") { MessageId = "3" },
        ];
        scene.Model.OnResponse = _ => Task.FromResult(new ChatResponse(loop));
        var old = await scene.AskAsync("Weather?");

        await scene.Conversations.ConverseAsync(new TurnRequest { ConversationId = TurnScene.Id, RegenerateMessageId = old.Messages[^1].Id, Options = scene.Options }, Token);

        Assert.Equal(["u:Weather?"], scene.Sent(1));
        Assert.Equal(8 - 1, (await scene.Conversations.FindAsync(TurnScene.Id, Token))!.MessageCount);
    }

    [Fact]
    public async Task Replaced_ThatIsNotThere_OrOfAnotherRole_IsRefused()
    {
        await using var scene = new TurnScene();
        var first = await scene.AskAsync("One");

        foreach (var id in new[] { "nobody's", first.Messages[0].Id })
        {
            await Assert.ThrowsAsync<ArgumentException>(
                () => scene.Conversations.ConverseAsync(new TurnRequest { ConversationId = TurnScene.Id, RegenerateMessageId = id, Options = scene.Options }, Token));
        }

        await Assert.ThrowsAsync<ArgumentException>(() => scene.Conversations.ConverseAsync(scene.Request("Other") with { EditMessageId = first.Messages[1].Id }, Token));
        Assert.Equal(2, (await scene.Conversations.FindAsync(TurnScene.Id, Token))!.Version);
    }

    [Fact]
    public async Task Regenerate_ThatFailed_IsGoneOnWith()
    {
        await using var scene = new TurnScene().Answering("One.");
        var old = await scene.AskAsync("One");
        scene.Model.OnResponse = static _ => throw new IOException("away");
        var request = new TurnRequest { ConversationId = TurnScene.Id, RegenerateMessageId = old.Messages[1].Id, TurnId = "t-2", Options = scene.Options };
        await Assert.ThrowsAsync<IOException>(() => scene.Conversations.ConverseAsync(request, Token));
        scene.Answering("Again.");

        var result = await scene.Conversations.ConverseAsync(request, Token);

        Assert.Equal(["u:One", "a:Again."], await scene.RowsAsync());
        Assert.Equal(2, result.Conversation.BranchCount);
    }
}

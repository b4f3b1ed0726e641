using AiObs.Conversations.Tests.Memory;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests;

public sealed class BranchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fork_BecomesThePresentBranch()
    {
        await using var scene = new ConversationScene();
        await scene.Conversations.CreateAsync(new() { Id = "c" }, Token);
        await scene.Conversations.AddMessagesAsync("c", [new(ChatRole.User, "1"), new(ChatRole.Assistant, "2")], cancellationToken: Token);

        Assert.Equal(1, await scene.Conversations.ForkAsync("c", afterSequence: 1, Token));
        await scene.Conversations.AddMessageAsync("c", new(ChatRole.Assistant, "other"), cancellationToken: Token);
        Assert.Equal(["1", "other"], await scene.TextsAsync("c"));

        await scene.Conversations.SwitchAsync("c", 0, Token);
        Assert.Equal(["1", "2"], await scene.TextsAsync("c"));
        var noBranch = await Assert.ThrowsAsync<ArgumentException>(() => scene.Conversations.SwitchAsync("c", 2, Token).AsTask());
        var noMessage = await Assert.ThrowsAsync<ArgumentException>(() => scene.Conversations.ForkAsync("c", 3, Token).AsTask());
        Assert.Equal(
            ("The conversation 'c' has no branch 2.", "The conversation 'c' has no message 3 on its branch 0, so that nothing can branch off there."), (noBranch.Message, noMessage.Message));
        Assert.Equal(["conversation_forked c=c branch=1", "conversation_updated c=c branch=0"], (await scene.EventsAsync()).Where(static item => !item.StartsWith("message", StringComparison.Ordinal)).Skip(1));
    }

    [Fact]
    public async Task Fork_ThatPartsACallFromItsResult_IsRefused()
    {
        await using var scene = new ConversationScene();
        await scene.Conversations.CreateAsync(new() { Id = "c" }, Token);
        await scene.Conversations.AddMessagesAsync(
            "c",
            [
                new(ChatRole.User, "Find it"),
                new(ChatRole.Assistant, [new FunctionCallContent("x", "find"), new FunctionCallContent("y", "find")]),
                new(ChatRole.Tool, [new FunctionResultContent("x", 1)]),
                new(ChatRole.Tool, [new FunctionResultContent("y", 2)]),
                new(ChatRole.Assistant, "Found."),
            ],
            cancellationToken: Token);

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => scene.Conversations.ForkAsync("c", 2, Token).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => scene.Conversations.ForkAsync("c", 3, Token).AsTask());

        Assert.StartsWith("A branch cannot begin after message 2: the tool call 'x' stands before that place and its result after it.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await scene.Conversations.ForkAsync("c", 4, Token));
        await scene.Conversations.SwitchAsync("c", 0, Token);
        Assert.Equal(2, await scene.Conversations.ForkAsync("c", 1, Token));
    }

    [Fact]
    public async Task Fork_BetweenCallsThatAProviderGaveTheSameId_IsMade()
    {
        await using var scene = new ConversationScene();
        await scene.Conversations.CreateAsync(new() { Id = "c" }, Token);
        await scene.Conversations.AddMessagesAsync(
            "c", [Said.User("1"), Said.Calls("call_0"), Said.Results("call_0"), Said.User("2"), Said.Calls("call_0"), Said.Results("call_0")], cancellationToken: Token);

        await Assert.ThrowsAsync<ArgumentException>(() => scene.Conversations.ForkAsync("c", 5, Token).AsTask());
        Assert.Equal(1, await scene.Conversations.ForkAsync("c", 3, Token));
    }

    [Fact]
    public async Task Fork_LongBeforeTheResultOfACall_IsRefused()
    {
        await using var scene = new ConversationScene();
        await scene.Conversations.CreateAsync(new() { Id = "c" }, Token);
        await scene.Conversations.AddMessagesAsync(
            "c", [Said.User("1"), Said.Calls("x"), .. Enumerable.Repeat(0, 150).Select(static _ => Said.User("Are you there?")), Said.Results("x")], cancellationToken: Token);

        await Assert.ThrowsAsync<ArgumentException>(() => scene.Conversations.ForkAsync("c", 2, Token).AsTask());
    }
}

using AiObs.Memory;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests;

/// <summary>Two who write the same turn at the same time.</summary>
public sealed class TurnWritersTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_MemoryIsAppliedMeanwhile_EndsTheTurnWithThatMemory()
    {
        var store = new BrokenConversationStore();
        await using var scene = await StartAsync(store);
        string? fingerprint = null;
        store.OnTurnRead = async () => fingerprint = (await scene.Conversations.ApplyMemoryAsync("c", strategies: [new WindowMemory(1)], turnId: "t", cancellationToken: Token)).Fingerprint;

        var result = await AnswerAsync(scene);

        Assert.Equal([4L], result.Sequences);
        await AssertTurnAsync(scene, fingerprint!);
    }

    [Fact]
    public async Task Memory_AnswerIsAddedMeanwhile_IsKeptOnTheTurnThatHasEnded()
    {
        var store = new BrokenConversationStore();
        await using var scene = await StartAsync(store);
        store.OnTurnRead = () => AnswerAsync(scene).AsTask();

        var shown = await scene.Conversations.ApplyMemoryAsync("c", strategies: [new WindowMemory(1)], turnId: "t", cancellationToken: Token);

        Assert.Equal(["3"], shown.Messages.Select(static message => message.Text));
        await AssertTurnAsync(scene, shown.Fingerprint);
    }

    [Fact]
    public async Task Answer_IdThatAnotherMessageHas_IsRefusedAtOnce()
    {
        var store = new BrokenConversationStore();
        await using var scene = await StartAsync(store);
        var reads = 0;
        store.OnTurnRead = () => Task.FromResult(++reads);

        await Assert.ThrowsAsync<ConversationConflictException>(() => scene.Conversations.AddMessagesAsync(
            "c", [new(ChatRole.Assistant, "other") { MessageId = "m-1" }], turnId: "t", cancellationToken: Token).AsTask());

        Assert.Equal((1, 3), (reads, await scene.Conversations.ReadMessagesAsync("c", Token).CountAsync(Token)));
    }

    private static ValueTask<CommitResult> AnswerAsync(ConversationScene scene) =>
        scene.Conversations.AddMessagesAsync("c", [new(ChatRole.Assistant, "4")], turnId: "t", cancellationToken: Token);

    private static async Task AssertTurnAsync(ConversationScene scene, string fingerprint)
    {
        var turn = Assert.Single(await scene.Conversations.Store.ListTurnsAsync("", "c", cancellationToken: Token));
        Assert.Equal(("t", TurnState.Completed, (DateTimeOffset?)scene.Clock.GetUtcNow(), fingerprint), (turn.Id, turn.State, turn.EndedAt, turn.Memory!.Fingerprint));
    }

    private static async Task<ConversationScene> StartAsync(BrokenConversationStore store)
    {
        var scene = new ConversationScene(store: store);
        await scene.Conversations.CreateAsync(new() { Id = "c" }, Token);
        await scene.Conversations.AddMessagesAsync(
            "c", [new(ChatRole.User, "1") { MessageId = "m-1" }, new(ChatRole.Assistant, "2"), new(ChatRole.User, "3")], cancellationToken: Token);
        await scene.Conversations.ApplyMemoryAsync("c", turnId: "t", cancellationToken: Token);
        return scene;
    }
}

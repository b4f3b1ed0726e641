using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests;

public sealed class DeletedConversationsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hidden_IsNotFoundUntilItIsRestored()
    {
        await using var scene = new ConversationScene();
        await scene.Conversations.CreateAsync(new() { Id = "c" }, Token);
        await scene.Conversations.AddMessageAsync("c", new(ChatRole.User, "Hi") { MessageId = "m" }, cancellationToken: Token);

        Assert.True(await scene.Conversations.DeleteAsync("c", reason: "asked for", cancellationToken: Token));
        Assert.False(await scene.Conversations.DeleteAsync("c", cancellationToken: Token));
        await AssertNotFoundAsync(scene.Conversations, "c");

        Assert.True(await scene.Conversations.RestoreAsync("c", Token));
        Assert.True(await scene.Conversations.RestoreAsync("c", Token));
        Assert.Equal(["Hi"], await scene.TextsAsync("c"));
        Assert.Equal(
            ["conversation_created c=c", "message_sent c=c message_id=m role=user commitment", "conversation_deleted c=c mode=hide reason=asked for", "conversation_restored c=c"],
            await scene.EventsAsync());
    }

    [Fact]
    public async Task Erased_IsNeverFoundAgain()
    {
        await using var scene = new ConversationScene();
        await scene.Conversations.CreateAsync(new() { Id = "c" }, Token);
        await scene.Conversations.DeleteAsync("c", cancellationToken: Token);

        Assert.True(await scene.Conversations.DeleteAsync("c", ConversationDelete.Erase, cancellationToken: Token));
        Assert.False(await scene.Conversations.DeleteAsync("c", ConversationDelete.Erase, cancellationToken: Token));
        Assert.False(await scene.Conversations.RestoreAsync("c", Token));

        await AssertNotFoundAsync(scene.Conversations, "c");
        await Assert.ThrowsAsync<ConversationNotFoundException>(() => scene.Conversations.CreateAsync(new() { Id = "c" }, Token).AsTask());
        Assert.Equal(["conversation_created c=c", "conversation_deleted c=c mode=hide", "conversation_deleted c=c mode=erase"], await scene.EventsAsync());
    }

    [Fact]
    public async Task View_DoesNotFindWhatIsAnothers()
    {
        await using var scene = new ConversationScene();
        var ada = scene.Conversations.In("acme", "ada");
        await ada.CreateAsync(new() { Id = "c", UserId = "ignored" }, Token);
        await ada.AddMessageAsync("c", new(ChatRole.User, "Hi"), cancellationToken: Token);

        await AssertNotFoundAsync(scene.Conversations, "c");
        await AssertNotFoundAsync(scene.Conversations.In("other", "ada"), "c");
        await AssertNotFoundAsync(scene.Conversations.In("acme", "bob"), "c");
        Assert.Equal("ada", (await scene.Conversations.In("acme").FindAsync("c", Token))!.UserId);
        Assert.Single((await ada.ListAsync(new() { Tenant = "other" }, Token)).Conversations);
        Assert.Empty((await scene.Conversations.In("acme", "bob").ListAsync(new() { Tenant = null, UserId = "ada" }, Token)).Conversations);
        Assert.Equal((1, 0), (await ada.CountAsync(cancellationToken: Token), await scene.Conversations.In("acme", "bob").CountAsync(cancellationToken: Token)));
    }

    [Fact]
    public async Task Expired_AreErasedInAllTenants()
    {
        await using var scene = new ConversationScene(static options => options.TimeToLive = TimeSpan.FromDays(30));
        await scene.Conversations.In("acme", "ada").CreateAsync(new() { Id = "old" }, Token);
        await scene.Conversations.CreateAsync(new() { Id = "hidden" }, Token);
        await scene.Conversations.DeleteAsync("hidden", cancellationToken: Token);
        await scene.Conversations.CreateAsync(new() { Id = "used" }, Token);
        scene.Clock.Advance(TimeSpan.FromDays(29));
        await scene.Conversations.AddMessageAsync("used", new(ChatRole.User, "Hi"), cancellationToken: Token);
        Assert.Equal(0, await scene.Conversations.EraseExpiredAsync(Token));

        scene.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(2, await scene.Conversations.EraseExpiredAsync(Token));
        Assert.Equal(0, await scene.Conversations.EraseExpiredAsync(Token));
        Assert.False(await scene.Conversations.In("acme").ExistsAsync("old", Token));
        Assert.False(await scene.Conversations.RestoreAsync("hidden", Token));
        Assert.True(await scene.Conversations.ExistsAsync("used", Token));
        Assert.Equal(
            ["conversation_deleted c=hidden mode=erase reason=expired", "conversation_deleted c=old u=ada mode=erase reason=expired"],
            (await scene.EventsAsync()).Where(static item => item.Contains("expired", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Expired_ThatSomebodyWritesToOrErasesMeanwhile_IsLeftAlone()
    {
        var store = new BrokenConversationStore();
        await using var scene = new ConversationScene(static options => options.TimeToLive = TimeSpan.FromDays(1), store: store);
        await scene.Conversations.CreateAsync(new() { Id = "used" }, Token);
        await scene.Conversations.CreateAsync(new() { Id = "erased" }, Token);
        scene.Clock.Advance(TimeSpan.FromDays(2));
        store.OnListed = async () =>
        {
            await scene.Conversations.AddMessageAsync("used", new(ChatRole.User, "Still there?"), cancellationToken: Token);
            await scene.Conversations.DeleteAsync("erased", ConversationDelete.Erase, cancellationToken: Token);
        };

        Assert.Equal(0, await scene.Conversations.EraseExpiredAsync(Token));

        Assert.Equal(["Still there?"], await scene.TextsAsync("used"));
    }

    private static async Task AssertNotFoundAsync(AgentConversations conversations, string id)
    {
        Assert.Null(await conversations.FindAsync(id, Token));
        Assert.False(await conversations.ExistsAsync(id, Token));
        Assert.Empty((await conversations.ListAsync(cancellationToken: Token)).Conversations);
        Assert.Equal(0, await conversations.CountAsync(cancellationToken: Token));
        Assert.Empty(await conversations.ReadMessagesAsync(id, Token).ToListAsync(Token));
        await Assert.ThrowsAsync<ConversationNotFoundException>(() => conversations.AddMessageAsync(id, new(ChatRole.User, "late"), cancellationToken: Token).AsTask());
        await Assert.ThrowsAsync<ConversationNotFoundException>(() => conversations.AddMessagesAsync(id, [new(ChatRole.User, "late")], cancellationToken: Token).AsTask());
        await Assert.ThrowsAsync<ConversationNotFoundException>(() => conversations.UpdateAsync(id, static found => found, Token).AsTask());
        await Assert.ThrowsAsync<ConversationNotFoundException>(() => conversations.ForkAsync(id, 0, Token).AsTask());
        await Assert.ThrowsAsync<ConversationNotFoundException>(() => conversations.SwitchAsync(id, 0, Token).AsTask());
        Assert.False(await conversations.DeleteAsync(id, cancellationToken: Token));
    }
}

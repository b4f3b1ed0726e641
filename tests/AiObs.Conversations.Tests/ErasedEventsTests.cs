using AiObs.Conversations.Tests.Memory;
using AiObs.Store;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Conversations.Tests;

public sealed class ErasedEventsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Erasure_TakesWhatWasSaidOutOfEventsThatStillWaitForTheLog()
    {
        const int Notes = 300;
        using var folder = new TemporaryDirectory();
        var services = new ServiceCollection();
        services.AddAgentObservability()
            .Configure(static options => options.CaptureContent = ContentCapture.Events)
            .ConfigureEvents(static options => options.ShutdownTimeout = HangGuard.Limit)
            .AddStore(s => s.UseSqlite($"Data Source={folder.File("c.db")}"))
            .AddConversations();
        await using var provider = services.BuildServiceProvider();
        var root = provider.GetRequiredService<AgentObservability>();
        var conversations = root.Conversations!;
        await conversations.CreateAsync(new() { Id = "c" }, Token);
        await conversations.AddMessageAsync("c", Said.User("secret"), cancellationToken: Token);
        for (var note = 0; note < Notes; note++)
        {
            await root.Events.TrackAsync("note", content: "secret", conversationId: "c", cancellationToken: Token);
        }

        Assert.True(await conversations.DeleteAsync("c", ConversationDelete.Erase, cancellationToken: Token));

        await root.Events.FlushAsync(Token);
        var events = await provider.GetRequiredService<IEventLog>().ReadAsync(EventQuery.All, Token).ToArrayAsync(Token);

        // Created, said, deleted, and what the log itself says of the erasure.
        Assert.Equal(Notes + 4, events.Length);
        Assert.All(events, static item => Assert.Null(item.Event.Content));
    }
}

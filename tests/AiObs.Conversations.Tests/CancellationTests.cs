using AiObs.Conversations.Tests.Memory;
using AiObs.Events;
using AiObs.TestSupport;

namespace AiObs.Conversations.Tests;

public sealed class CancellationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Token_CancelledOnceItIsDone_DoesNotSayThatItIsNot()
    {
        using var stop = new CancellationTokenSource();
        var store = new BrokenConversationStore { OnCommitted = stop.Cancel };

        // A durable sink that writes only once the test is over.
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var scene = new ConversationScene(store: store);
        await using var durable = scene.Root.Events.AddSink(new WaitingSink(written.Task), static options => options.Delivery = EventDelivery.Durable);

        try
        {
            var created = await scene.Conversations.CreateAsync(new() { Id = "c" }, stop.Token);
            Assert.Equal(1, created.Version);
            Assert.Equal(1, await RunAsync(async token => (await scene.Conversations.AddMessageAsync("c", Said.User("1"), cancellationToken: token)).Sequence));
            Assert.Equal("t", await RunAsync(async token => (await scene.Conversations.UpdateAsync("c", static found => found with { Title = "t" }, token)).Title));
            Assert.Equal(1, await RunAsync(async token => await scene.Conversations.ForkAsync("c", 1, token)));
            Assert.True(await RunAsync(async token => await scene.Conversations.DeleteAsync("c", cancellationToken: token)));
        }
        finally
        {
            written.SetResult();
        }

        Assert.Equal(
            ["conversation_created", "message_sent", "conversation_updated", "conversation_forked", "conversation_deleted"], (await scene.RawEventsAsync()).Select(static item => item.Type));

        async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work)
        {
            using var own = CancellationTokenSource.CreateLinkedTokenSource(Token);
            store.OnCommitted = own.Cancel;
            return await work(own.Token);
        }
    }

    private sealed class WaitingSink(Task written) : IAgentEventSink
    {
        public async ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken) => await written.WaitAsync(cancellationToken);
    }
}

using AiObs.Events;
using AiObs.Store;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Conversations.Tests;

/// <summary>Is a root with conversations in memory, a clock that stands still, and a sink that hears everything.</summary>
internal sealed class ConversationScene : IAsyncDisposable
{
    public ConversationScene(
        Action<ConversationOptions>? options = null, Action<AgentObservabilityBuilder>? observe = null, IConversationStore? store = null, bool hasSink = true)
    {
        Root = AgentObservability.Create(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(Clock);
            builder.Configure(o => o.SourceName = SourceName);
            if (hasSink)
            {
                builder.AddEventSink(Sink);
            }

            if (store is not null)
            {
                builder.Services.AddSingleton(store);
            }

            builder.AddConversations(options);
            observe?.Invoke(builder);
        });
    }

    public string SourceName { get; } = $"conversations-{Guid.NewGuid():N}";

    public TestClock Clock { get; } = new();

    public StubEventSink Sink { get; } = new();

    public AgentObservability Root { get; }

    public AgentConversations Conversations => Root.Conversations!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Returns the events so far, each as one line.</summary>
    public async Task<string[]> EventsAsync()
    {
        await Root.Events.FlushAsync(Token);
        return [.. Sink.Accepted.Select(TextOf)];
    }

    public async Task<IReadOnlyList<AgentEvent>> RawEventsAsync()
    {
        await Root.Events.FlushAsync(Token);
        return Sink.Accepted;
    }

    public async Task<string[]> TextsAsync(string conversationId) =>
        await Conversations.ReadMessagesAsync(conversationId, Token).Select(static message => message.ToMessage().Text).ToArrayAsync(Token);

    public ValueTask DisposeAsync() => Root.DisposeAsync();

    /// <summary>Writes an event without what is random.</summary>
    private static string TextOf(AgentEvent item) => string.Join(
        ' ',
        [
            item.Type,
            $"c={item.ConversationId}",
            .. item.UserId is null ? Array.Empty<string>() : [$"u={item.UserId}"],
            .. item.Data.Select(static pair => pair.Key == EventDataKeys.Commitment ? "commitment" : $"{pair.Key}={pair.Value}"),
            .. item.Content is null ? Array.Empty<string>() : [item.Content],
        ]);
}

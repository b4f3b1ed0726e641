using System.Diagnostics;
using AiObs.Store;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Conversations.Tests;

public sealed class StoreTelemetryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("memory by default")]
    [InlineData("memory")]
    [InlineData("sqlite")]
    public async Task Operation_OfEachKind_HasASpanWithItsOutcome(string kind)
    {
        var path = Path.Combine(Path.GetTempPath(), $"aiobs-{Guid.NewGuid():N}.db");
        var id = Guid.NewGuid().ToString("N");
        var spans = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "AiObs.Store",
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (Equals(span.GetTagItem("gen_ai.conversation.id"), id))
                {
                    spans.Add($"{span.OperationName} {span.GetTagItem("aiobs.store.operation")} {span.GetTagItem("aiobs.store.adapter")} {span.GetTagItem("aiobs.store.outcome")} {span.GetTagItem("error.type")}".TrimEnd());
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        try
        {
            await using var scene = new ConversationScene(observe: builder => Keep(builder, kind, path), hasSink: false);
            var conversations = scene.Conversations;
            await conversations.CreateAsync(new() { Id = id }, Token);
            await conversations.AddMessageAsync(id, new(ChatRole.User, "Hi") { MessageId = "m" }, cancellationToken: Token);
            await conversations.AddMessagesAsync(id, [new(ChatRole.User, "Hi") { MessageId = "m" }], cancellationToken: Token);
            await Assert.ThrowsAsync<ConversationConflictException>(() => conversations.AddMessagesAsync(id, [new(ChatRole.User, "No")], expectedVersion: 9, cancellationToken: Token).AsTask());
            await conversations.ForkAsync(id, 1, Token);
            await conversations.DeleteAsync(id, cancellationToken: Token);
            await conversations.FindAsync(id, Token);
            await conversations.RestoreAsync(id, Token);
            await conversations.DeleteAsync(id, ConversationDelete.Erase, cancellationToken: Token);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            File.Delete(path);
        }

        var adapter = kind.Split(' ')[0];
        Assert.Equal(
            [
                "conversation.save ok",
                "conversation.load ok",
                "conversation.load ok",
                "message.add ok",
                "message.get ok",
                "conversation.load ok",
                "message.add replay",
                "conversation.load ok",
                "message.add conflict AiObs.Store.ConversationConflictException",
                "conversation.load ok",
                "message.get ok",
                "conversation.fork ok",
                "conversation.load ok",
                "conversation.delete ok",
                "conversation.load not_found",
                "conversation.load ok",
                "conversation.restore ok",
                "conversation.load ok",
                "conversation.erase ok",
            ],
            spans.Select(span => span.Split(' ')).Select(parts =>
            {
                Assert.Equal((parts[0], adapter), (parts[1], parts[2]));
                return string.Join(' ', [parts[0], .. parts[3..]]);
            }));
    }

    private static void Keep(AgentObservabilityBuilder builder, string kind, string path)
    {
        switch (kind)
        {
            case "memory":
                builder.AddStore(static s => s.UseInMemory());
                break;
            case "sqlite":
                builder.AddStore(s => s.UseSqlite($"Data Source={path}"));
                break;
        }
    }
}

using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Sql.Conversations;
using AiObs.Store.Tests.Sql.Events;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Store.Tests.Registration;

public sealed class KeptConversationsTests(DatabaseFixture databases)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = HangGuard.Milliseconds)]
    [ClassData(typeof(DatabaseKinds))]
    public async Task AddStore_Database_KeepsConversationsAndTheirEventsTogether(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using (var services = Build(builder => builder.AddStore(s => Use(s, database))))
        {
            var store = services.GetRequiredService<IConversationStore>();
            Assert.Equal(kind == DatabaseKind.Sqlite ? "sqlite" : "postgresql", store.Adapter);

            Assert.True((await store.CommitAsync(ConversationReading.Commit("c-1", 1, 2), Stop)).HasEvents);

            // Nobody has handed them to the sinks.
            await services.GetRequiredService<AgentObservability>().Events.FlushAsync(Stop);
            Assert.Equal([1, 2], await LogReading.NumbersAsync(services.GetRequiredService<IEventLog>()));
        }

        var (again, log) = database.OpenConversations();
        await again.FlushEventsAsync(Stop);
        await ConversationReading.AssertGaplessAsync(again, "c-1", messagesPerCommit: 2);
        Assert.Equal([1, 2], await LogReading.NumbersAsync(log));
        await LogReading.AssertIntactAsync(log);
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task AddStore_ConversationsAlone_KeepsNoEventsWithThem(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var services = Build(builder => builder.AddStore(s => Use(s, database).Keep(StoreParts.Conversations)));

        var result = await services.GetRequiredService<IConversationStore>().CommitAsync(ConversationReading.Commit("c-1", 1), Stop);

        Assert.False(result.HasEvents);
        Assert.Null(services.GetService<IEventLog>());
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task AddStore_EventsElsewhere_KeepsNoEventsWithThem(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var elsewhere = new SqliteTestDatabase();
        await using var services = Build(builder => builder
            .AddStore(s => Use(s, database).Keep(StoreParts.Conversations))
            .AddStore(s => Use(s, elsewhere).Keep(StoreParts.Events)));

        var result = await services.GetRequiredService<IConversationStore>().CommitAsync(ConversationReading.Commit("c-1", 1), Stop);

        Assert.False(result.HasEvents);
        Assert.Equal(0, await services.GetRequiredService<IEventLog>().CountAsync(EventQuery.All, Stop));
    }

    [Fact]
    public async Task AddStore_WithAName_KeepsConversationsUnderIt()
    {
        await using var database = new SqliteTestDatabase();
        await using var services = Build(builder => builder.AddStore("archive", s => Use(s, database)));

        var result = await services.GetRequiredKeyedService<IConversationStore>("archive").CommitAsync(ConversationReading.Commit("c-1", 1), Stop);

        Assert.True(result.HasEvents);
        Assert.Null(services.GetService<IConversationStore>());
    }

    [Fact]
    public async Task AddStore_StoreOfYourOwn_IsTheOneThatIsFound()
    {
        var own = new InMemoryConversationStore();
        await using var services = Build(builder => builder.AddStore(s => s.Use(conversations: _ => own)));

        Assert.Same(own, services.GetRequiredService<IConversationStore>());
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task Container_DisposedInBlockingWay_ClosesTheStore(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var services = Build(builder => builder.AddStore(s => Use(s, database)));
        var store = services.GetRequiredService<IConversationStore>();
        await store.CommitAsync(ConversationReading.Commit("c-1", 1), Stop);

        DisposeBlocking(services);

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.FindAsync("", "c-1", cancellationToken: Stop));
    }

    private static void DisposeBlocking(ServiceProvider services) => services.Dispose();

    private static StoreBuilder Use(StoreBuilder builder, TestDatabase database) => database is PostgreSqlTestDatabase server
        ? builder.UsePostgreSql(server.ConnectionString)
        : builder.UseSqlite(((SqliteTestDatabase)database).ConnectionString);

    private static ServiceProvider Build(Action<AgentObservabilityBuilder> configure)
    {
        var services = new ServiceCollection();
        configure(services.AddAgentObservability().ConfigureEvents(static options => options.ShutdownTimeout = HangGuard.Limit));
        return services.BuildServiceProvider();
    }
}

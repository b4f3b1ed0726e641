using AiObs.Cost;
using AiObs.Events;
using AiObs.Store.Tests.Events;
using AiObs.StoreContracts;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiObs.Store.Tests.Registration;

public sealed class AddStoreTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddStore_EventTracked_IsInTheLog()
    {
        await using var services = Build(static builder => builder.AddStore(static s => s.UseInMemory()));
        var events = services.GetRequiredService<AgentObservability>().Events;

        await events.TrackAsync("approved", new Dictionary<string, object?> { ["by"] = "somebody" }, cancellationToken: Stop);
        await events.FlushAsync(Stop);

        var logged = Assert.Single((await services.GetRequiredService<IEventLog>().ListAsync(EventQuery.All, Stop)).Events);
        Assert.Equal("approved", logged.Event.Type);
        Assert.Equal("somebody", logged.Event.Data["by"]);
        Assert.Equal("EventLog", Assert.Single(events.GetSinks()).Name);
    }

    [Fact]
    public async Task AddStore_SeveralWithNames_AreLogsOfTheirOwn()
    {
        await using var services = Build(static builder => builder
            .AddStore(static s => s.UseInMemory())
            .AddStore("audit", static s => s.UseInMemory().ConfigureDelivery(static sink => sink.Types.Add("approved"))));
        var events = services.GetRequiredService<AgentObservability>().Events;

        await events.TrackAsync("approved", cancellationToken: Stop);
        await events.TrackAsync("looked", cancellationToken: Stop);
        await events.FlushAsync(Stop);

        Assert.Equal(2, await services.GetRequiredService<IEventLog>().CountAsync(EventQuery.All, Stop));
        Assert.Equal(1, await services.GetRequiredKeyedService<IEventLog>("audit").CountAsync(EventQuery.All, Stop));
        Assert.Equal(["EventLog", "audit"], events.GetSinks().Select(static sink => sink.Name));
    }

    [Fact]
    public async Task AddStore_NamedAlone_IsNobodysDefault()
    {
        await using var services = Build(static builder => builder.AddCostTracking().AddStore("audit", static s => s.UseInMemory()));

        Assert.Null(services.GetService<IEventLog>());
        Assert.NotSame(services.GetRequiredKeyedService<ICostStore>("audit"), services.GetRequiredService<ICostStore>());
    }

    [Fact]
    public async Task ConfigureDelivery_Durable_HasTheCallWaitForTheLog()
    {
        await using var services = Build(static builder => builder.AddStore(static s => s
            .UseInMemory()
            .ConfigureDelivery(static sink => (sink.Delivery, sink.DurableTimeout) = (EventDelivery.Durable, HangGuard.Limit))));

        await services.GetRequiredService<AgentObservability>().Events.TrackAsync("approved", cancellationToken: Stop);

        Assert.Equal(1, await services.GetRequiredService<IEventLog>().CountAsync(EventQuery.All, Stop));
    }

    [Fact]
    public async Task ConfigureEvents_Key_IsThatOfTheStoreOfThatName()
    {
        await using var services = Build(static builder => builder
            .AddStore(static s => s.UseInMemory())
            .AddStore("audit", static s => s.UseInMemory().ConfigureEvents(static options => options.HmacKey = [.. new byte[31], 1])));

        Assert.False((await services.GetRequiredService<IEventLog>().VerifyAsync(cancellationToken: Stop)).IsKeyed);
        Assert.True((await services.GetRequiredKeyedService<IEventLog>("audit").VerifyAsync(cancellationToken: Stop)).IsKeyed);
    }

    [Fact]
    public void ConfigureEvents_ShortKey_IsRefusedWhenTheRootIsBuilt()
    {
        var refused = Assert.Throws<OptionsValidationException>(static () => AgentObservability.Create(static builder =>
            builder.AddStore(static s => s.UseInMemory().ConfigureEvents(static options => options.HmacKey = [1]))));

        Assert.Equal("EventLogOptions.HmacKey has 1 bytes; give at least 32 random ones, or leave it out.", refused.Message);
    }

    [Fact]
    public void AddStore_NoPlace_SaysWhichLinesThereAre()
    {
        var refused = Assert.Throws<InvalidOperationException>(static () => Build(static builder => builder.AddStore("audit", static _ => { })));

        Assert.Equal(
            "The store 'audit' has no place to keep anything. Say where in AddStore, with one of these lines: s.UseSqlite(\"Data Source=aiobs.db\") of the package "
            + "AiObs.Store.Sqlite, s.UsePostgreSql(connectionString) of the package AiObs.Store.PostgreSql, or s.UseInMemory().",
            refused.Message);
    }

    [Fact]
    public void AddStore_TwoWithoutNameKeepAPart_NamesKeep()
    {
        var refused = Assert.Throws<InvalidOperationException>(static () => Build(static builder => builder
            .AddStore(static s => s.UseInMemory())
            .AddStore(static s => s.UseInMemory().Keep(StoreParts.Costs))));

        Assert.Equal(
            "Two stores without a name keep Costs. Say which parts each of them keeps, such as s.Keep(StoreParts.Costs), "
            + "or give one a name of its own, such as AddStore(\"audit\", …).",
            refused.Message);
    }

    [Fact]
    public void AddStore_NameTwice_Throws()
    {
        var refused = Assert.Throws<InvalidOperationException>(static () => Build(static builder => builder
            .AddStore(static s => s.UseInMemory())
            .AddStore("audit", static s => s.UseInMemory())
            .AddStore("audit", static s => s.UseInMemory())));

        Assert.StartsWith("Two stores named 'audit' keep Events, Costs, Traces, Conversations.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddStore_TwoPlaces_Throws()
    {
        var refused = Assert.Throws<InvalidOperationException>(static () => Build(static builder => builder.AddStore(
            "audit", static s => s.UseSqlite("Data Source=audit.db").UseInMemory())));

        Assert.Equal(
            "The store 'audit' has a place already, so a second Use line in the same AddStore is one too many. For parts that are kept in different places, write AddStore once "
            + "for each, with s.Keep(StoreParts.Events) and s.Keep(StoreParts.Costs); for copies, give each a name of its own, such as AddStore(\"audit\", …).",
            refused.Message);
    }

    [Fact]
    public async Task Keep_PartsApart_AreKeptWhereEachIsWanted()
    {
        var costs = new InMemoryCostStore();
        await using var services = Build(builder => builder
            .AddCostTracking()
            .AddStore(static s => s.UseInMemory().Keep(StoreParts.Events))
            .AddStore(s => s.Use(costs: _ => costs)));

        Assert.Same(costs, services.GetRequiredService<ICostStore>());
        Assert.NotNull(services.GetService<IEventLog>());
        Assert.Single(services.GetRequiredService<AgentObservability>().Events.GetSinks());
    }

    [Fact]
    public async Task Keep_CostsAlone_AddsNoEventLog()
    {
        await using var services = Build(static builder => builder.AddStore(static s => s.UseInMemory().Keep(StoreParts.Costs)));

        Assert.Null(services.GetService<IEventLog>());
        Assert.Empty(services.GetRequiredService<AgentObservability>().Events.GetSinks());
    }

    [Fact]
    public void Keep_PartThatIsKeptNowhere_Throws()
    {
        var refused = Assert.Throws<InvalidOperationException>(static () => Build(static builder => builder.AddStore(
            static s => s.Use(costs: static _ => new InMemoryCostStore()).Keep(StoreParts.Events))));

        Assert.Equal("The store is to keep Events, and its Use line says nothing of where. It can keep Costs.", refused.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public void Keep_NoSuchPart_Throws(int parts) => Assert.Throws<ArgumentOutOfRangeException>(
        () => Build(builder => builder.AddStore(s => s.UseInMemory().Keep((StoreParts)parts))));

    [Fact]
    public void UseInMemory_CapacityOutOfRange_Throws() => Assert.Throws<ArgumentOutOfRangeException>(
        static () => Build(static builder => builder.AddStore(static s => s.UseInMemory(0))));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AddStore_WithCostTrackingInEitherOrder_HasTheCosts(bool storeComesFirst)
    {
        var store = new InMemoryCostStore();
        await using var services = Build(builder => _ = storeComesFirst
            ? builder.AddStore(KeepThere).AddCostTracking()
            : builder.AddCostTracking().AddStore(KeepThere));

        Assert.Same(store, services.GetRequiredService<CostTracking>().Store);

        void KeepThere(StoreBuilder s) => s.Use(static (_, _) => new InMemoryEventLog(), _ => store);
    }

    [Fact]
    public async Task AddStore_WithoutCostTracking_RecordsNoCosts()
    {
        await using var services = Build(static builder => builder.AddStore(static s => s.UseInMemory()));

        Assert.Null(services.GetRequiredService<AgentObservability>().Costs);
    }

    [Fact]
    public async Task UseInMemory_WithCostTracking_KeepsAsManyAsItsOptionsSay()
    {
        await using var services = Build(static builder => builder
            .AddCostTracking(static options => options.StoreCapacity = 2)
            .AddStore(static s => s.UseInMemory()));
        var store = services.GetRequiredService<ICostStore>();

        for (var number = 0; number < 5; number++)
        {
            Assert.True(await store.RecordAsync(CostSamples.Call(number), Stop));
        }

        Assert.Equal(2, await store.CountAsync(CostQuery.All, Stop));
    }

    [Fact]
    public async Task DisposeAsync_EventsWaiting_AreWrittenBeforeTheLogIsDisposed()
    {
        var log = new DisposableLog();
        await using (var services = Build(builder => builder.AddStore(s => s
            .Use((_, _) => log)
            .ConfigureDelivery(static sink => sink.BatchAge = TimeSpan.FromHours(1)))))
        {
            await services.GetRequiredService<AgentObservability>().Events.TrackAsync("approved", cancellationToken: Stop);
        }

        Assert.Equal(1, log.CountWhenDisposed);
    }

    private static ServiceProvider Build(Action<AgentObservabilityBuilder> configure)
    {
        var services = new ServiceCollection();
        configure(services.AddAgentObservability().ConfigureEvents(static options => options.ShutdownTimeout = HangGuard.Limit));
        return services.BuildServiceProvider();
    }
}

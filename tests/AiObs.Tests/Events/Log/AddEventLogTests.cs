using AiObs.Cost.Ledger;
using AiObs.Events;
using AiObs.Events.Log;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiObs.Tests.Events.Log;

public sealed class AddEventLogTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddEventLog_EventTracked_IsInTheLog()
    {
        await using var services = Build(static builder => builder.AddEventLog(static log => log.UseInMemory()));
        var events = services.GetRequiredService<AgentObservability>().Events;

        await events.TrackAsync("approved", new Dictionary<string, object?> { ["by"] = "somebody" }, cancellationToken: Stop);
        await events.FlushAsync(Stop);

        var logged = Assert.Single((await services.GetRequiredService<IEventLog>().ListAsync(EventQuery.All, Stop)).Events);
        Assert.Equal("approved", logged.Event.Type);
        Assert.Equal("somebody", logged.Event.Data["by"]);
        Assert.Equal("EventLog", Assert.Single(events.GetSinks()).Name);
    }

    [Fact]
    public async Task AddEventLog_SeveralWithNames_AreLogsOfTheirOwn()
    {
        await using var services = Build(static builder => builder
            .AddEventLog(static log => log.UseInMemory())
            .AddEventLog("audit", static log => log.UseInMemory().ConfigureDelivery(static sink => sink.Types.Add("approved"))));
        var events = services.GetRequiredService<AgentObservability>().Events;

        await events.TrackAsync("approved", cancellationToken: Stop);
        await events.TrackAsync("looked", cancellationToken: Stop);
        await events.FlushAsync(Stop);

        Assert.Equal(2, await services.GetRequiredService<IEventLog>().CountAsync(EventQuery.All, Stop));
        Assert.Equal(1, await services.GetRequiredKeyedService<IEventLog>("audit").CountAsync(EventQuery.All, Stop));
        Assert.Equal(["EventLog", "audit"], events.GetSinks().Select(static sink => sink.Name));
    }

    [Fact]
    public async Task ConfigureDelivery_Durable_HasTheCallWaitForTheLog()
    {
        await using var services = Build(static builder => builder.AddEventLog(static log => log
            .UseInMemory()
            .ConfigureDelivery(static sink => (sink.Delivery, sink.DurableTimeout) = (EventDelivery.Durable, HangGuard.Limit))));

        await services.GetRequiredService<AgentObservability>().Events.TrackAsync("approved", cancellationToken: Stop);

        Assert.Equal(1, await services.GetRequiredService<IEventLog>().CountAsync(EventQuery.All, Stop));
    }

    [Fact]
    public async Task Configure_Key_IsThatOfTheLogOfThatName()
    {
        await using var services = Build(static builder => builder
            .AddEventLog(static log => log.UseInMemory())
            .AddEventLog("audit", static log => log.UseInMemory().Configure(static options => options.HmacKey = new byte[32])));

        Assert.False((await services.GetRequiredService<IEventLog>().VerifyAsync(cancellationToken: Stop)).IsKeyed);
        Assert.True((await services.GetRequiredKeyedService<IEventLog>("audit").VerifyAsync(cancellationToken: Stop)).IsKeyed);
    }

    [Fact]
    public void Configure_ShortKey_IsRefusedWhenTheRootIsBuilt()
    {
        var refused = Assert.Throws<OptionsValidationException>(static () => AgentObservability.Create(static builder =>
            builder.AddEventLog(static log => log.UseInMemory().Configure(static options => options.HmacKey = [1]))));

        Assert.Equal("EventLogOptions.HmacKey has 1 bytes; give at least 32 random ones, or leave it out.", refused.Message);
    }

    [Fact]
    public void AddEventLog_NoPlaceForEvents_Throws()
    {
        var refused = Assert.Throws<InvalidOperationException>(static () => Build(static builder => builder.AddEventLog("audit", static _ => { })));

        Assert.StartsWith("The event log 'audit' has no place to keep its events. Call one of the Use methods", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddEventLog_NameTwice_Throws()
    {
        var refused = Assert.Throws<InvalidOperationException>(static () => Build(static builder => builder
            .AddEventLog(static log => log.UseInMemory())
            .AddEventLog("audit", static log => log.UseInMemory())
            .AddEventLog("audit", static log => log.UseInMemory())));

        Assert.Equal("There is an event log 'audit' already. Give each of several logs a name of its own.", refused.Message);
    }

    [Fact]
    public void UseInMemory_CapacityOutOfRange_Throws() => Assert.Throws<ArgumentOutOfRangeException>(
        static () => Build(static builder => builder.AddEventLog(static log => log.UseInMemory(0))));

    [Fact]
    public async Task UseCostStore_LogWithoutName_IsTheStoreOfCostTracking()
    {
        var store = new InMemoryCostStore();
        await using var services = Build(builder => builder
            .AddCostTracking()
            .AddEventLog(log => log.UseInMemory().UseCostStore((_, _) => store)));

        Assert.Same(store, services.GetRequiredService<ICostStore>());
    }

    [Fact]
    public async Task UseCostStore_NamedLog_IsTheStoreOfThatName()
    {
        var store = new InMemoryCostStore();
        await using var services = Build(builder => builder.AddEventLog("audit", log => log.UseInMemory().UseCostStore((_, _) => store)));

        Assert.Same(store, services.GetRequiredKeyedService<ICostStore>("audit"));
        Assert.Null(services.GetService<ICostStore>());
    }

    [Fact]
    public async Task DisposeAsync_EventsWaiting_AreWrittenBeforeTheLogIsDisposed()
    {
        var log = new DisposableLog();
        await using (var services = Build(builder => builder.AddEventLog(builder => builder
            .UseFactory((_, _) => log)
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

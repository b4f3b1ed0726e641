using AiObs.Cost;
using AiObs.Events;
using AiObs.Store;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Soak.Observed;

/// <summary>Adds the event logs: SQLite always, PostgreSQL where it is installed, which then keeps the costs, too.</summary>
internal static class Logs
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static void Add(AgentObservabilityBuilder builder, Places places)
    {
        if (places.PostgreSql is { } postgreSql)
        {
            builder.AddStore(s => s.UsePostgreSql(postgreSql).ConfigureDelivery(Queue));
            builder.AddStore(SinkNames.SqliteLog, s => s.UseSqlite(places.Sqlite).ConfigureDelivery(Confirm));
        }
        else
        {
            builder.AddStore(s => s.UseSqlite(places.Sqlite).ConfigureDelivery(Confirm));
        }
    }

    public static IEventLog Sqlite(IServiceProvider services, Places places) => places.PostgreSql is null
        ? services.GetRequiredService<IEventLog>()
        : services.GetRequiredKeyedService<IEventLog>(SinkNames.SqliteLog);

    public static IEventLog? PostgreSql(IServiceProvider services, Places places) =>
        places.PostgreSql is null ? null : services.GetRequiredService<IEventLog>();

    public static ICostStore Costs(IServiceProvider services) => services.GetRequiredService<ICostStore>();

    /// <summary>Lets calls wait for the log, so that each event is in it when the call is over.</summary>
    private static void Confirm(EventSinkOptions options)
    {
        options.Delivery = EventDelivery.Durable;
        options.DurableTimeout = Patience;
    }

    /// <summary>Lets events wait for a database that is away.</summary>
    private static void Queue(EventSinkOptions options)
    {
        options.QueueCapacity = 500_000;
        options.BackOff = TimeSpan.FromMilliseconds(100);
        options.MaxBackOff = TimeSpan.FromSeconds(1);
    }
}

using AiObs.Store.Sql;
using AiObs.Store.Sql.Costs;
using AiObs.Store.Sql.Events;
using AiObs.Store.Sql.Traces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiObs.Store;

/// <summary>Puts a database under a store, whose parts share it.</summary>
internal static class SqlStoreRegistration
{
    /// <summary>Registers a database.</summary>
    /// <param name="builder">The store.</param>
    /// <param name="createDialect">Opens the database; nothing is read or written before the first use.</param>
    public static StoreBuilder Use(StoreBuilder builder, Func<TimeProvider, SqlDialect> createDialect)
    {
        var name = builder.Name ?? StoreBuilder.DefaultName;

        // Each call has a database of its own, however the stores are called.
        var key = new object();
        builder.Services.AddKeyedSingleton(key, (provider, _) =>
        {
            var clock = provider.GetService<TimeProvider>() ?? TimeProvider.System;
            return new SqlDatabase(createDialect(clock), clock);
        });
        return builder.Use(
            (provider, options) => CreateLog(name, provider.GetRequiredKeyedService<SqlDatabase>(key), options),
            provider => CreateCosts(name, provider.GetRequiredKeyedService<SqlDatabase>(key), OptionsOf(provider, builder.Name)));
    }

    public static SqlEventLog CreateLog(string name, SqlDatabase database, EventLogOptions? options) =>
        new(name, database, options, new SealedCosts(database.Dialect));

    public static SqlCostStore CreateCosts(string name, SqlDatabase database, EventLogOptions? options) => new(name, database, options);

    public static SqlTraceStore CreateTraces(string name, SqlDatabase database) => new(name, database);

    private static EventLogOptions OptionsOf(IServiceProvider provider, string? name) =>
        provider.GetRequiredService<IOptionsMonitor<EventLogOptions>>().Get(name ?? Options.DefaultName);
}

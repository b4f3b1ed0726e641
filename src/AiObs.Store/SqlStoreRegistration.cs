using AiObs.Store.Sql;
using AiObs.Store.Sql.Conversations;
using AiObs.Store.Sql.Costs;
using AiObs.Store.Sql.Events;
using AiObs.Store.Sql.Traces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiObs.Store;

/// <summary>Puts databases under a store.</summary>
internal static class SqlStoreRegistration
{
    /// <summary>Registers a database.</summary>
    /// <param name="builder">The store.</param>
    /// <param name="createDialect">Opens the database; nothing is read or written before the first use.</param>
    /// <param name="createTraces">Opens the one of the traces, where that is another.</param>
    public static StoreBuilder Use(
        StoreBuilder builder, Func<TimeProvider, SqlDialect> createDialect, Func<TimeProvider, SqlDialect>? createTraces = null)
    {
        var name = builder.Name ?? StoreBuilder.DefaultName;
        var key = Register(builder.Services, createDialect);
        var traces = createTraces is null ? key : Register(builder.Services, createTraces);
        return builder.Use(
            (provider, options) => CreateLog(name, provider.GetRequiredKeyedService<SqlDatabase>(key), options),
            provider => CreateCosts(name, provider.GetRequiredKeyedService<SqlDatabase>(key), OptionsOf(provider, builder.Name)),
            (provider, _) => CreateTraces(name, provider.GetRequiredKeyedService<SqlDatabase>(traces)),
            provider => CreateConversations(name, provider.GetRequiredKeyedService<SqlDatabase>(key), provider.GetKeyedService<IEventLog>(builder.Name)));
    }

    public static SqlEventLog CreateLog(string name, SqlDatabase database, EventLogOptions? options) =>
        new(name, database, options, new SealedCosts(database.Dialect));

    public static SqlCostStore CreateCosts(string name, SqlDatabase database, EventLogOptions? options) => new(name, database, options);

    public static SqlTraceStore CreateTraces(string name, SqlDatabase database) => new(name, database);

    public static SqlConversationStore CreateConversations(string name, SqlDatabase database, IEventLog? log) => new(name, database, log);

    /// <summary>Registers a database under a key of its own, however the stores are called.</summary>
    private static object Register(IServiceCollection services, Func<TimeProvider, SqlDialect> createDialect)
    {
        var key = new object();
        services.AddKeyedSingleton(key, (provider, _) =>
        {
            var clock = provider.GetService<TimeProvider>() ?? TimeProvider.System;
            return new SqlDatabase(createDialect(clock), clock);
        });
        return key;
    }

    private static EventLogOptions OptionsOf(IServiceProvider provider, string? name) =>
        provider.GetRequiredService<IOptionsMonitor<EventLogOptions>>().Get(name ?? Options.DefaultName);
}

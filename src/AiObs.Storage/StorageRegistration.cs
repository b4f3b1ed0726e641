using AiObs.Events.Log;
using AiObs.Storage.Costs;
using AiObs.Storage.Events;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Storage;

/// <summary>Puts a database under a log and its cost store, which share it.</summary>
internal static class StorageRegistration
{
    private const string DefaultName = "default";

    /// <summary>Registers a database.</summary>
    /// <param name="builder">The log.</param>
    /// <param name="createDialect">Opens the database; nothing is read or written before the first use.</param>
    public static EventLogBuilder Use(EventLogBuilder builder, Func<IServiceProvider, TimeProvider, SqlDialect> createDialect)
    {
        var name = builder.Name ?? DefaultName;

        // Each call has a database of its own, however the logs are called.
        var key = new object();
        builder.Services.AddKeyedSingleton(key, (provider, _) =>
        {
            var clock = provider.GetService<TimeProvider>() ?? TimeProvider.System;
            return new SqlDatabase(createDialect(provider, clock), clock);
        });
        return builder
            .UseFactory((provider, options) => new SqlEventLog(name, provider.GetRequiredKeyedService<SqlDatabase>(key), options))
            .UseCostStore((provider, _) => new SqlCostStore(name, provider.GetRequiredKeyedService<SqlDatabase>(key)));
    }
}

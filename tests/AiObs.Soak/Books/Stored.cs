using AiObs.Cost;
using AiObs.Soak.Observed;
using AiObs.Soak.Reckoning;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Soak.Books;

/// <summary>Is what the databases and files hold, read as another process would after the one that wrote them has ended.</summary>
/// <param name="Costs">The cost records.</param>
/// <param name="CostSum">What the cost store itself says that they add up to.</param>
/// <param name="Events">The logs and the event files.</param>
internal sealed record Stored(Book Costs, CostSum CostSum, IReadOnlyList<StoredEvents> Events)
{
    public static async Task<Stored> ReadAsync(Places places)
    {
        var services = new ServiceCollection();
        Logs.Add(services.AddAgentObservability(), places);
        await using var provider = services.BuildServiceProvider();

        List<StoredEvents> events =
        [
            StoredEvents.Read(SinkNames.File, EventFileReader.Read(places.Directory)),
            await StoredEvents.ReadAsync(SinkNames.SqliteLog, Logs.Sqlite(provider, places)),
        ];
        if (Logs.PostgreSql(provider, places) is { } postgreSql)
        {
            events.Add(await StoredEvents.ReadAsync(SinkNames.PostgreSqlLog, postgreSql));
        }

        var store = Logs.Costs(provider);

        return new Stored(await ReadCostsAsync(store), await store.SumAsync(CostQuery.All), events);
    }

    private static async Task<Book> ReadCostsAsync(ICostStore store)
    {
        List<Entry> entries = [];
        await foreach (var record in store.ReadAsync(new CostQuery { PageSize = CostQuery.MaxPageSize }))
        {
            entries.AddRange(CostRecordWords.Describe(record));
        }

        return new Book("cost store", CostRecordWords.Measures, entries);
    }
}

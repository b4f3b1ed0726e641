using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Events;

public sealed class ManyWritersTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EraseContentAsync_MoreWritersThanAnEventCanName_IsRefusedAndErasesNothing()
    {
        await using var database = new SqliteTestDatabase();
        var log = database.OpenLog();
        await log.AppendAsync([EventSamples.Said(1)], Stop);
        await database.ExecuteAsync(
            """
            WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 10000)
            INSERT INTO aiobs_events (id, writer, sequence, ticks, type, data, commitment, hash)
            SELECT randomblob(16), printf('%032d', n), 1, ticks, type, data, commitment, hash FROM n, (SELECT * FROM aiobs_events);
            INSERT INTO aiobs_event_contents SELECT e.position, c.content, c.salt, NULL FROM aiobs_events e, (SELECT * FROM aiobs_event_contents) c WHERE e.position > 1;
            """,
            Stop);

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await log.EraseContentAsync(EventQuery.All, "asked to", Stop));

        Assert.StartsWith("The erasure touches events of 10001 writers, and can tell of 10000. Nothing was erased.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await database.QueryAsync("SELECT count(*) FROM aiobs_event_contents WHERE content IS NULL", Stop));
    }
}

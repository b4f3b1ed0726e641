using System.Globalization;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Events;

/// <summary>Drops the oldest events in one transaction, behind checkpoints.</summary>
internal sealed class RetentionRun(SqlSession write, EventChain chain, Guid? log, CancellationToken cancellationToken)
{
    private const string CountSql = "SELECT count(*) FROM aiobs_events";

    private const string CountBelowSql = "SELECT count(*) FROM aiobs_events WHERE position < @position";

    private const string EndSql = "SELECT coalesce(max(position), 0) + 1 FROM aiobs_events";

    private const string FirstYoungSql = "SELECT position FROM aiobs_events WHERE ticks >= @ticks ORDER BY position LIMIT 1";

    private const string FirstAfterSql = "SELECT position FROM aiobs_events ORDER BY position LIMIT 1 OFFSET @count";

    private const string LastDroppedSql = """
        SELECT e.writer, e.sequence, e.hash
        FROM aiobs_events e
        JOIN (SELECT writer, max(sequence) AS sequence FROM aiobs_events WHERE position < @position GROUP BY writer) l
            ON l.writer = e.writer AND l.sequence = e.sequence
        """;

    private const string DeleteEventsSql = "DELETE FROM aiobs_events WHERE position < @position";

    private const string DeleteContentsSql = "DELETE FROM aiobs_event_contents WHERE position < @position";

    /// <summary>Drops what the rule lets go and returns how many events that were.</summary>
    public async ValueTask<long> DropAsync(EventRetention retention, DateTimeOffset now)
    {
        var end = Math.Max(
            await FindEndOfOldAsync(retention.OldestTicks(now)).ConfigureAwait(false),
            await FindEndOfExcessAsync(retention).ConfigureAwait(false));
        var dropped = await QueryAsync(CountBelowSql, "@position", end).ConfigureAwait(false) ?? 0;
        if (dropped > 0)
        {
            foreach (var head in await FindLastDroppedAsync(end).ConfigureAwait(false))
            {
                await CheckpointRows.InsertAsync(write, chain.Checkpoint(log, head), cancellationToken).ConfigureAwait(false);
            }

            await write.Command(DeleteEventsSql).Bind("@position", end).ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            await write.Command(DeleteContentsSql).Bind("@position", end).ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        return dropped;
    }

    private async ValueTask<long> FindEndOfOldAsync(long? oldestTicks)
    {
        if (oldestTicks is null)
        {
            return 0;
        }

        return await QueryAsync(FirstYoungSql, "@ticks", oldestTicks.Value).ConfigureAwait(false)
            ?? await QueryAsync(EndSql).ConfigureAwait(false)
            ?? 0;
    }

    private async ValueTask<long> FindEndOfExcessAsync(EventRetention retention)
    {
        if (retention.MaxEvents is null)
        {
            return 0;
        }

        var excess = retention.Excess(await QueryAsync(CountSql).ConfigureAwait(false) ?? 0);
        return excess == 0
            ? 0
            : await QueryAsync(FirstAfterSql, "@count", excess).ConfigureAwait(false) ?? await QueryAsync(EndSql).ConfigureAwait(false) ?? 0;
    }

    private async ValueTask<List<ChainHead>> FindLastDroppedAsync(long end)
    {
        var query = write.Command(LastDroppedSql).Bind("@position", end);
        var reader = await query.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            List<ChainHead> heads = [];
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                heads.Add(OddValues.Read(reader, static row => new ChainHead(row.GetString(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2))));
            }

            return heads;
        }
    }

    private async ValueTask<long?> QueryAsync(string sql, string? parameter = null, long value = 0)
    {
        var query = write.Command(sql);
        if (parameter is not null)
        {
            query.Bind(parameter, value);
        }

        var number = await query.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        return number is null or DBNull ? null : OddValues.Read(number, static number => Convert.ToInt64(number, CultureInfo.InvariantCulture));
    }
}

using System.Data.Common;
using System.Globalization;
using AiObs.Cost;
using AiObs.Cost.Ledger;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Costs;

/// <summary>Erases ids and drops old records, each in one transaction that seals what is left.</summary>
internal sealed class CostRemoval(SqlDialect dialect, SqlSession write, EventChain chain, CancellationToken cancellationToken)
{
    private const int PageSize = 1_000;

    private const string ErasedSql =
        "SELECT c.sequence, c.conversation_id, c.user_id, c.session_id FROM aiobs_costs c WHERE c.commitment IS NOT NULL AND c.salt IS NULL AND c.position >= @start ORDER BY c.sequence";

    private const string FirstYoungSql = "SELECT position FROM aiobs_costs WHERE ticks >= @ticks ORDER BY position LIMIT 1";

    private const string EndSql = "SELECT coalesce(max(position), 0) + 1 FROM aiobs_costs";

    /// <summary>Corrections of old records that would stay. They have the time of what they correct.</summary>
    private const string CorrectionsSql = """
        SELECT c.ticks, c.record FROM aiobs_costs c WHERE c.is_correction = 1 AND c.position >= @end AND c.ticks < @ticks
        """;

    private const string FindSql = "SELECT position FROM aiobs_costs WHERE ticks = @ticks AND id = @id ORDER BY position LIMIT 1";

    private const string LastDroppedSql = "SELECT sequence, hash FROM aiobs_costs WHERE position < @end ORDER BY position DESC LIMIT 1";

    private const string DeleteSql = "DELETE FROM aiobs_costs WHERE position < @end";

    private const string DeleteTagsSql = "DELETE FROM aiobs_cost_tags WHERE position < @end";

    /// <summary>Puts pseudonyms in the place of ids.</summary>
    /// <returns>How many records, and rows that were set aside, that were.</returns>
    public async ValueTask<long> EraseAsync(CostQuery query)
    {
        var seal = await CostSealRow.TakeAsync(dialect, write, cancellationToken).ConfigureAwait(false);
        var records = await EraseRecordsAsync(query).ConfigureAwait(false);
        if (records > 0)
        {
            await SealAsync(seal, seal.Start).ConfigureAwait(false);
        }

        var strays = await Strays.EraseAsync(dialect, write, "aiobs_cost_strays", CostSelection.NamesOf(query), CostSelection.Of(dialect, query).IsEmpty, cancellationToken).ConfigureAwait(false);
        if (records + strays > 0)
        {
            await write.CommitAsync().ConfigureAwait(false);
        }

        return records + strays;
    }

    /// <summary>Drops the records that are older, as long as everything that was recorded before them goes too, and every correction of theirs.</summary>
    /// <returns>How many records that were.</returns>
    public async ValueTask<long> DropAsync(long oldestTicks)
    {
        var seal = await CostSealRow.TakeAsync(dialect, write, cancellationToken).ConfigureAwait(false);
        var end = await FindEndAsync(oldestTicks).ConfigureAwait(false);
        if (await FindLastDroppedAsync(end).ConfigureAwait(false) is not { } dropped)
        {
            return 0;
        }

        await SealAsync(seal with { Dropped = dropped }, end).ConfigureAwait(false);
        var count = await write.Command(DeleteSql).Bind("@end", end).ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await write.Command(DeleteTagsSql).Bind("@end", end).ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await write.CommitAsync().ConfigureAwait(false);
        return count;
    }

    private async ValueTask<long> EraseRecordsAsync(CostQuery query)
    {
        var condition = CostSelection.Of(dialect, query);
        var select = condition.BindTo(write.Command(
            $"""
            SELECT c.position, c.conversation_id, c.user_id, c.session_id FROM aiobs_costs c
            WHERE {condition} AND c.salt IS NOT NULL AND c.position > @last ORDER BY c.position LIMIT {PageSize}
            """));
        var pseudonyms = new Pseudonyms();
        var (count, last) = (0L, 0L);
        while (true)
        {
            List<(long Position, CostIds Ids)> page = [];
            await foreach (var row in ReadIdsAsync(select.Bind("@last", last)).ConfigureAwait(false))
            {
                page.Add(row);
            }

            foreach (var (position, ids) in page)
            {
                await CostRows.EraseAsync(write, position, ids.Replace(pseudonyms), cancellationToken).ConfigureAwait(false);
                last = position;
            }

            count += page.Count;
            if (page.Count < PageSize)
            {
                return count;
            }
        }
    }

    /// <summary>Seals the records from a position on.</summary>
    private async ValueTask SealAsync(CostSeal seal, long start)
    {
        var erased = ErasedCosts.None;
        await foreach (var (sequence, ids) in ReadIdsAsync(write.Command(ErasedSql).Bind("@start", start)).ConfigureAwait(false))
        {
            erased = erased.With(chain, sequence, ids);
        }

        await CostSealRow.UpdateAsync(write, (seal with { Start = start, Erased = erased }).Sealed(chain), cancellationToken).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<(long Number, CostIds Ids)> ReadIdsAsync(DbCommand query)
    {
        var reader = await query.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return OddValues.Read(
                    reader, static row => (row.GetInt64(0), new CostIds(row.FindString(1), row.FindString(2), row.FindString(3))));
            }
        }
    }

    /// <summary>Returns the position of the first record that stays.</summary>
    private async ValueTask<long> FindEndAsync(long oldestTicks)
    {
        var end = await QueryAsync(write.Command(FirstYoungSql).Bind("@ticks", oldestTicks)).ConfigureAwait(false)
            ?? await QueryAsync(write.Command(EndSql)).ConfigureAwait(false)
            ?? 0;
        for (var before = long.MaxValue; end < before;)
        {
            before = end;
            foreach (var (ticks, corrected) in await ReadCorrectionsAsync(end, oldestTicks).ConfigureAwait(false))
            {
                var position = await QueryAsync(write.Command(FindSql).Bind("@ticks", ticks).Bind("@id", dialect.Parameter(corrected))).ConfigureAwait(false);
                end = Math.Min(end, position ?? end);
            }
        }

        return end;
    }

    private async ValueTask<List<(long Ticks, Guid Corrected)>> ReadCorrectionsAsync(long end, long oldestTicks)
    {
        var reader = await write.Command(CorrectionsSql).Bind("@end", end).Bind("@ticks", oldestTicks).ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            List<(long, Guid)> corrections = [];
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var (ticks, corrected) = OddValues.Read(reader, static row => (row.GetInt64(0), CostJson.Read(row.GetString(1), CostIds.None).Corrects));
                if (corrected is { } id)
                {
                    corrections.Add((ticks, id));
                }
            }

            return corrections;
        }
    }

    private async ValueTask<ChainHead?> FindLastDroppedAsync(long end)
    {
        var reader = await write.Command(LastDroppedSql).Bind("@end", end).ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            return await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
                ? OddValues.Read(reader, static row => new ChainHead(CostSeal.Name, row.GetInt64(0), row.GetFieldValue<byte[]>(1)))
                : null;
        }
    }

    private async ValueTask<long?> QueryAsync(DbCommand query)
    {
        var number = await query.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        return number is null or DBNull ? null : OddValues.Read(number, static number => Convert.ToInt64(number, CultureInfo.InvariantCulture));
    }
}

using System.Globalization;
using AiObs.Events;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Events;

/// <summary>Everything that only reads events.</summary>
internal sealed class EventQueries(SqlDialect dialect, SqlSession read, CancellationToken cancellationToken)
{
    private string AsWritten => $"{EventRows.Select} AND {dialect.IsContentAsWritten} WHERE {dialect.IsEventAsWritten}";

    public async ValueTask<EventPage> ListAsync(EventListing listing)
    {
        var selection = EventSelection.OfPage(dialect, listing.Filter);
        var (comparison, direction) = listing.NewestFirst ? ('<', "DESC") : ('>', "ASC");
        var query = read.Command(
            $"{EventRows.Select} WHERE {selection} AND e.position {comparison} @start ORDER BY e.position {direction} LIMIT @limit");
        selection.BindTo(query).Bind("@start", listing.Start).Bind("@limit", listing.RowLimit);
        var rows = await EventRows.ReadAsync(dialect, query, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        return OddValues.Read((Listing: listing, Rows: rows), static page => page.Listing.ToPage(page.Rows));
    }

    public async ValueTask<long> CountAsync(SqlCondition selection)
    {
        var query = selection.BindTo(read.Command($"SELECT count(*) FROM aiobs_events e WHERE {selection}"));
        return OddValues.Read(
            await query.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), static count => Convert.ToInt64(count, CultureInfo.InvariantCulture));
    }

    public async ValueTask<IReadOnlyDictionary<string, long>> CountByTypeAsync(SqlCondition selection)
    {
        var query = selection.BindTo(read.Command($"SELECT e.type, count(*) FROM aiobs_events e WHERE {selection} GROUP BY e.type"));
        var reader = await query.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var counts = new Dictionary<string, long>(StringComparer.Ordinal);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                // The same text may stand there as values of different kinds.
                var (type, count) = OddValues.Read(reader, static row => (row.GetString(0), row.GetInt64(1)));
                counts[type] = counts.GetValueOrDefault(type) + count;
            }

            return counts;
        }
    }

    /// <summary>Checks the chains; the session has to be a snapshot. What no log writes is told as such, and counts as missing.</summary>
    public async ValueTask<EventLogVerification> VerifyAsync(EventChain chain, IReadOnlyList<EventLogAnchor> anchors, ISealedPart costs)
    {
        var writers = await WriterRows.ReadAllAsync(dialect, read, cancellationToken).ConfigureAwait(false);
        var checkpoints = await CheckpointRows.ReadNewestAsync(dialect, read, cancellationToken).ConfigureAwait(false);
        var ofWriters = anchors.Where(anchor => anchor.Writer != costs.Name).ToList();
        var verifier = new ChainVerifier(chain, new LogRecord(writers, checkpoints, await ReadToldAsync().ConfigureAwait(false)), ofWriters);
        var query = read.Command($"{AsWritten} ORDER BY e.writer, e.sequence");
        await foreach (var row in EventRows.ReadAsync(dialect, query, cancellationToken).ConfigureAwait(false))
        {
            verifier.Add(row);
        }

        var faults = await StrayRows.FindAsync(dialect, read, cancellationToken).ConfigureAwait(false);
        var part = await costs.VerifyAsync(read, chain, [.. anchors.Except(ofWriters)], cancellationToken).ConfigureAwait(false);
        var found = verifier.Finish();
        return found with
        {
            Faults = [.. found.Faults, .. faults, .. part.Faults],
            Anchors = part.Anchor is { } anchor ? [.. found.Anchors, anchor] : found.Anchors,
            CostCount = part.Count,
            UnsealedCostCount = part.UnsealedCount,
            ErasedCostCount = part.ErasedCount,
            DroppedCostCount = part.DroppedCount,
        };
    }

    private async ValueTask<List<StoredEvent>> ReadToldAsync()
    {
        var query = read.Command($"{AsWritten} AND e.type IN ('{AgentEventTypes.ContentErased}', '{AgentEventTypes.RetentionApplied}')");
        return await EventRows.ReadAsync(dialect, query, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
    }
}

using System.Globalization;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Events;

/// <summary>Everything that only reads events.</summary>
internal sealed class EventQueries(SqlDialect dialect, SqlSession read, CancellationToken cancellationToken)
{
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

    /// <summary>Checks the chains; the session has to be a snapshot. What is stored with other types than logs write counts as missing: queries miss it too.</summary>
    public async ValueTask<EventLogVerification> VerifyAsync(EventChain chain, IReadOnlyList<EventLogAnchor> anchors)
    {
        var writers = await WriterRows.ReadAllAsync(dialect, read, cancellationToken).ConfigureAwait(false);
        var checkpoints = await CheckpointRows.ReadNewestAsync(dialect, read, cancellationToken).ConfigureAwait(false);
        var verifier = new ChainVerifier(chain, writers, checkpoints, anchors);
        var query = read.Command(
            $"{EventRows.Select} AND {dialect.IsContentAsWritten} WHERE {dialect.IsEventAsWritten} ORDER BY e.writer, e.sequence");
        await foreach (var row in EventRows.ReadAsync(dialect, query, cancellationToken).ConfigureAwait(false))
        {
            verifier.Add(row);
        }

        return verifier.Finish();
    }
}

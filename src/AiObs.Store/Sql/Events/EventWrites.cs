using AiObs.Store.Events;

namespace AiObs.Store.Sql.Events;

/// <summary>Everything that one transaction does to a log, up to its commit.</summary>
internal sealed class EventWrites(SqlDatabase database, SqlSession write, EventChain chain, ChainedBatch batch, CancellationToken cancellationToken)
{
    /// <summary>How many writers the event of an erasure can name, within the data that an event may have.</summary>
    private const int MaxWritersOfErasure = 10_000;

    /// <summary>Adds the events that the log does not have yet.</summary>
    /// <returns>How many that are.</returns>
    /// <exception cref="EventConflictException">The log has another event under the id of one of these.</exception>
    public async ValueTask<long> AddAsync(IReadOnlyList<PreparedEvent> events)
    {
        var known = (await database.Dialect.FindEventsAsync(write, events, cancellationToken).ConfigureAwait(false))
            .DistinctBy(static row => row.Facts.Id)
            .ToDictionary(static row => row.Facts.Id);
        foreach (var added in events)
        {
            if (known.TryGetValue(added.Facts.Id, out var row))
            {
                added.ThrowIfConflictsWith(row.Facts, row.Content);
            }
            else
            {
                batch.Add(added);
            }
        }

        return batch.Events.Count;
    }

    /// <summary>Puts the events that were added into the table.</summary>
    public async ValueTask InsertAsync()
    {
        if (batch.TakeNew() is { Count: > 0 } added)
        {
            await database.Dialect.InsertEventsAsync(write, added, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Erases contents, and what was set aside, and adds the event that tells of it.</summary>
    /// <returns>How many contents and rows that were.</returns>
    public async ValueTask<long> EraseAsync(SqlCondition selection, EventQuery query, string reason)
    {
        // What this transaction has added is erased too.
        await InsertAsync().ConfigureAwait(false);
        var now = database.Clock.GetUtcNow();
        var erasure = LogEvents.NewId(now);
        var erase = write.Command(
            $"""
            UPDATE aiobs_event_contents SET content = NULL, salt = NULL, erased_by = @erasure
            WHERE erased_by IS NULL AND position IN (SELECT e.position FROM aiobs_events e WHERE {selection})
            """);
        selection.BindTo(erase).Bind("@erasure", database.Dialect.Parameter(erasure));
        var upTo = await FindLastToEraseAsync(selection).ConfigureAwait(false);
        if (upTo.Count > MaxWritersOfErasure)
        {
            throw new StoreException(
                $"The erasure touches events of {upTo.Count} writers, and can tell of {MaxWritersOfErasure}. Nothing was erased. Erase in steps, such as with Before set to earlier times first.");
        }

        var erased = await erase.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        var strays = await Strays.EraseAsync(
            database.Dialect, write, "aiobs_event_strays", EventSelection.NamesOf(new EventFilter(query)), selection.IsEmpty, cancellationToken).ConfigureAwait(false);
        if (erased + strays > 0)
        {
            batch.Add(EventIntake.Prepare(LogEvents.ContentErased(batch.Writer.Log, erasure, now, query, reason, erased, upTo)));
        }

        return erased + strays;
    }

    /// <summary>Returns the last event of each writer whose content is to be erased.</summary>
    private async ValueTask<List<(string Writer, long Sequence)>> FindLastToEraseAsync(SqlCondition selection)
    {
        var query = selection.BindTo(write.Command(
            $"""
            SELECT e.writer, max(e.sequence) FROM aiobs_events e JOIN aiobs_event_contents c ON c.position = e.position
            WHERE c.erased_by IS NULL AND {selection} GROUP BY e.writer
            """));
        var reader = await query.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            List<(string, long)> last = [];
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                last.Add(OddValues.Read(reader, static row => (row.GetString(0), row.GetInt64(1))));
            }

            return last;
        }
    }

    /// <summary>Drops the oldest events, and adds the event that tells of it.</summary>
    /// <returns>How many events that were.</returns>
    public async ValueTask<long> DropAsync(EventRetention retention)
    {
        var now = database.Clock.GetUtcNow();
        var dropped = await new RetentionRun(write, chain, batch.Writer.Log, cancellationToken).DropAsync(retention, now).ConfigureAwait(false);
        if (dropped > 0)
        {
            var checkpoints = await CheckpointRows.ReadNewestAsync(database.Dialect, write, cancellationToken).ConfigureAwait(false);
            batch.Add(EventIntake.Prepare(LogEvents.RetentionApplied(batch.Writer.Log, LogEvents.NewId(now), now, retention, dropped, checkpoints)));
        }

        return dropped;
    }
}

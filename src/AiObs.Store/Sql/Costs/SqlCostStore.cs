using System.Data.Common;
using System.Globalization;
using AiObs.Cost;
using AiObs.Cost.Ledger;
using AiObs.Store.Events;
using AiObs.Store.Telemetry;

namespace AiObs.Store.Sql.Costs;

/// <summary>Keeps cost records in a relational database.</summary>
internal sealed class SqlCostStore : ICostBatchStore
{
    internal const string Part = "costs";

    private readonly SqlDatabase _database;
    private readonly EventChain _chain;
    private readonly StoreOperations _operations;

    public SqlCostStore(string name, SqlDatabase database, EventLogOptions? options)
    {
        _database = database;
        _chain = EventChain.For(options);
        _operations = new StoreOperations(name, database.Dialect.Adapter, database.Dialect.Explain, database.Clock);
        database.Finish(Part, (write, token) => new CostTakeover(database.Dialect, write, _chain, token).RunAsync());
    }

    /// <inheritdoc/>
    public ValueTask<bool> RecordAsync(CostRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        return _operations.RunAsync(
            StoreOperationNames.CostRecord,
            record.ConversationId,
            async token => await _database.WriteSharedAsync(Part, write => InsertAsync(write, [record], token), token).ConfigureAwait(false) == 1,
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask RecordAllAsync(IReadOnlyList<CostRecord> records, CancellationToken cancellationToken) => await _operations.RunAsync(
        StoreOperationNames.CostRecord,
        conversationId: null,
        token => _database.WriteSharedAsync(Part, write => InsertAsync(write, records, token), token),
        cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<CostPage> ListAsync(CostQuery query, CancellationToken cancellationToken = default)
    {
        var condition = CostSelection.Of(_database.Dialect, query);
        var (comparison, direction) = query.Order == PageOrder.OldestFirst ? ('>', "ASC") : ('<', "DESC");
        var after = CostPosition.After(query);
        condition.Add($"(c.ticks, c.id) {comparison} (@start_ticks, @start_id)", "@start_ticks", after?.UtcTicks);
        return ReadAsync(
            StoreOperationNames.CostQuery,
            query,
            $"SELECT c.record, c.conversation_id, c.user_id, c.session_id FROM aiobs_costs c WHERE {condition} ORDER BY c.ticks {direction}, c.id {direction} LIMIT @limit",
            command => BindStart(condition.BindTo(command), after).Bind("@limit", query.PageSize + 1),
            static reader => CostJson.Read(reader.GetString(0), new CostIds(reader.FindString(1), reader.FindString(2), reader.FindString(3))),
            rows => OddValues.Read((query, after, rows), static page => PageOf(page.query, page.after, page.rows)),
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> CountAsync(CostQuery query, CancellationToken cancellationToken = default)
    {
        var condition = CostSelection.Of(_database.Dialect, query);
        return ReadAsync(
            StoreOperationNames.CostCount,
            query,
            $"SELECT count(*) FROM aiobs_costs c WHERE {condition}",
            condition.BindTo,
            static reader => Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture),
            static rows => rows[0],
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<CostSum> SumAsync(CostQuery query, CancellationToken cancellationToken = default)
    {
        var condition = CostSelection.Of(_database.Dialect, query);
        return ReadAsync(
            StoreOperationNames.CostSum,
            query,
            CostSums.Sql(_database.Dialect, condition),
            condition.BindTo,
            CostSums.Read,
            static rows => rows[0],
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CostGroup>> SumByAsync(
        CostQuery query, CostGrouping grouping, CancellationToken cancellationToken = default)
    {
        var condition = CostSelection.Of(_database.Dialect, query);
        return ReadAsync(
            StoreOperationNames.CostSum,
            query,
            CostSums.Sql(_database.Dialect, condition, grouping),
            condition.BindTo,
            reader => CostSums.ReadGroup(reader, grouping),
            CostGroup.Sort,
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<CostInterval>> SumSeriesAsync(
        CostQuery query, TimeSpan interval, CostGrouping? grouping = null, int top = 8, CancellationToken cancellationToken = default)
    {
        var series = new CostSeries(query, interval, grouping, top);
        await ReadSeriesAsync(series, query, interval, grouping, top, cancellationToken).ConfigureAwait(false);
        return series.ToIntervals();
    }

    /// <inheritdoc/>
    public ValueTask<Erasure> EraseIdsAsync(CostQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return RemoveAsync(StoreOperationNames.CostErase, query.ConversationId, removal => removal.EraseAsync(query), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<Erasure> ApplyRetentionAsync(TimeSpan maxAge, CancellationToken cancellationToken = default)
    {
        var oldest = CostRetention.OldestTicks(maxAge, _database.Clock.GetUtcNow());
        return RemoveAsync(StoreOperationNames.CostRetain, conversationId: null, removal => removal.DropAsync(oldest), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> WipeErasedAsync(CancellationToken cancellationToken = default) => _operations.RunAsync(
        StoreOperationNames.CostWipe, conversationId: null, token => _database.WipeErasedAsync(Part, token), cancellationToken);

    private static CostPage PageOf(CostQuery query, CostPosition? start, List<CostRecord> rows)
    {
        if (rows.Count <= query.PageSize)
        {
            return new CostPage(rows, null);
        }

        rows.RemoveAt(query.PageSize);
        var last = CostPosition.Of(rows[^1]);
        return IsBeyond(last, start, query.Order)
            ? new CostPage(rows, last.ToCursor(query))
            : throw new InvalidOperationException("A record says another time than its row, so that the next page would be this one again.");
    }

    private static bool IsBeyond(CostPosition last, CostPosition? start, PageOrder order) =>
        start is not { } position || (order == PageOrder.OldestFirst ? last.CompareTo(position) > 0 : last.CompareTo(position) < 0);

    private ValueTask<int> ReadSeriesAsync(
        CostSeries series, CostQuery query, TimeSpan interval, CostGrouping? grouping, int top, CancellationToken cancellationToken)
    {
        var condition = CostSelection.Of(_database.Dialect, query);
        return _operations.RunAsync(
            StoreOperationNames.CostSum,
            query.ConversationId,
            token => _database.ReadSnapshotAsync(
                Part,
                async session =>
                {
                    var sums = condition.BindTo(session.Command(CostSums.Sql(_database.Dialect, condition, interval)));
                    foreach (var (place, sum) in await ReadRowsAsync(sums, CostSums.ReadPlace, token).ConfigureAwait(false))
                    {
                        series.Add(place, sum);
                    }

                    if (grouping is { } key)
                    {
                        await AddGroupsAsync(session, condition, series, interval, key, top, token).ConfigureAwait(false);
                    }

                    return 0;
                },
                token),
            cancellationToken);
    }

    /// <summary>Adds sums by key to a series: first finds the largest keys, so that no more of them come out of the database than are told apart.</summary>
    private async ValueTask AddGroupsAsync(
        SqlSession session, SqlCondition condition, CostSeries series, TimeSpan interval, CostGrouping grouping, int top, CancellationToken cancellationToken)
    {
        var all = condition.BindTo(session.Command(CostSums.Sql(_database.Dialect, condition, grouping)));
        var groups = CostGroup.Sort(await ReadRowsAsync(all, reader => CostSums.ReadGroup(reader, grouping), cancellationToken).ConfigureAwait(false));
        string?[] kept = [.. groups.Take(top).Select(group => CostSums.KeyIn(group.Key, grouping))];
        var keys = kept.OfType<string>().Select(static (key, place) => (Name: string.Create(CultureInfo.InvariantCulture, $"@key{place}"), Key: key)).ToArray();
        var command = condition.BindTo(session.Command(
            CostSums.Sql(_database.Dialect, condition, interval, grouping, [.. keys.Select(static key => key.Name)], kept.Contains(null))));
        foreach (var (name, key) in keys)
        {
            command.Bind(name, key);
        }

        foreach (var (place, group) in await ReadRowsAsync(command, reader => CostSums.ReadPlaceAndGroup(reader, grouping), cancellationToken).ConfigureAwait(false))
        {
            series.Add(place, group);
        }
    }

    private DbCommand BindStart(DbCommand command, CostPosition? start) =>
        start is { } position ? command.Bind("@start_id", _database.Dialect.Parameter(position.Id)) : command;

    /// <summary>Adds the records of calls that there is none of yet, and seals them in the same transaction.</summary>
    /// <returns>How many that are.</returns>
    private async ValueTask<long> InsertAsync(SqlSession write, IReadOnlyList<CostRecord> records, CancellationToken cancellationToken)
    {
        var before = await CostSealRow.TakeAsync(_database.Dialect, write, cancellationToken).ConfigureAwait(false);

        // Whoever made the tables may not have had the key yet.
        var seal = before.Head.Count == 0 ? CostSeal.Open(_chain, before.Log) : before;
        foreach (var record in records)
        {
            var row = CostRow.Of(record);
            var head = CostSeal.Append(_chain, seal.Head, row);
            if (await CostRows.InsertAsync(_database.Dialect, write, row with { Place = head }, cancellationToken).ConfigureAwait(false))
            {
                seal = seal with { Head = head };
            }
        }

        if (seal.Head.Count > before.Head.Count)
        {
            await CostSealRow.UpdateAsync(write, seal.Sealed(_chain), cancellationToken).ConfigureAwait(false);
            await write.CommitAsync().ConfigureAwait(false);
        }

        return seal.Head.Count - before.Head.Count;
    }

    /// <summary>Removes something, and wipes it where that holds up nobody.</summary>
    private async ValueTask<Erasure> RemoveAsync(
        string operation, string? conversationId, Func<CostRemoval, ValueTask<long>> work, CancellationToken cancellationToken)
    {
        var count = await _operations.RunAsync(
            operation,
            conversationId,
            token => _database.WriteSharedAsync(Part, write => work(new CostRemoval(_database.Dialect, write, _chain, token)), token),
            cancellationToken).ConfigureAwait(false);

        // Also where nothing was left to remove: what was removed before may still have to be wiped.
        return new Erasure(count, await _database.Dialect.WipeAtOnceAsync().ConfigureAwait(false));
    }

    /// <summary>Runs one query: binds its parameters, reads its rows and makes the result of them.</summary>
    private ValueTask<TResult> ReadAsync<TRow, TResult>(
        string operation,
        CostQuery query,
        string sql,
        Func<DbCommand, DbCommand> bind,
        Func<DbDataReader, TRow> read,
        Func<List<TRow>, TResult> finish,
        CancellationToken cancellationToken) => _operations.RunAsync(
            operation,
            query.ConversationId,
            token => _database.ReadAsync(
                Part,
                async session => finish(await ReadRowsAsync(bind(session.Command(sql)), read, token).ConfigureAwait(false)),
                token),
            cancellationToken);

    private static async ValueTask<List<TRow>> ReadRowsAsync<TRow>(DbCommand command, Func<DbDataReader, TRow> read, CancellationToken cancellationToken)
    {
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            List<TRow> rows = [];
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                rows.Add(OddValues.Read(reader, read));
            }

            return rows;
        }
    }
}

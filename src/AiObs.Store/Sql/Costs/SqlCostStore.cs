using System.Data.Common;
using System.Globalization;
using AiObs.Cost;
using AiObs.Cost.Ledger;
using AiObs.Store.Events;
using AiObs.Store.Telemetry;

namespace AiObs.Store.Sql.Costs;

/// <summary>Keeps cost records in a relational database.</summary>
internal sealed class SqlCostStore(string name, SqlDatabase database, EventChain chain) : ICostBatchStore
{
    private const string Part = "costs";

    private readonly StoreOperations _operations = new(name, database.Dialect.Adapter, database.Dialect.Explain, database.Clock);

    /// <inheritdoc/>
    public ValueTask<bool> RecordAsync(CostRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        return _operations.RunAsync(
            StoreOperationNames.CostRecord,
            record.ConversationId,
            async token => await database.WriteSharedAsync(Part, write => InsertAsync(write, [record], token), token).ConfigureAwait(false) == 1,
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask RecordAllAsync(IReadOnlyList<CostRecord> records, CancellationToken cancellationToken) => await _operations.RunAsync(
        StoreOperationNames.CostRecord,
        conversationId: null,
        token => database.WriteSharedAsync(Part, write => InsertAsync(write, records, token), token),
        cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<CostPage> ListAsync(CostQuery query, CancellationToken cancellationToken = default)
    {
        var condition = CostSelection.Of(query);
        var (comparison, direction) = query.Order == PageOrder.OldestFirst ? ('>', "ASC") : ('<', "DESC");
        var after = CostPosition.After(query);
        condition.Add($"(c.ticks, c.id) {comparison} (@start_ticks, @start_id)", "@start_ticks", after?.UtcTicks);
        return ReadAsync(
            StoreOperationNames.CostQuery,
            query,
            $"SELECT c.record FROM aiobs_costs c WHERE {condition} ORDER BY c.ticks {direction}, c.id {direction} LIMIT @limit",
            command => BindStart(condition.BindTo(command), after).Bind("@limit", query.PageSize + 1),
            static reader => CostRows.Read(reader, 0),
            rows => OddValues.Read((query, after, rows), static page => PageOf(page.query, page.after, page.rows)),
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> CountAsync(CostQuery query, CancellationToken cancellationToken = default)
    {
        var condition = CostSelection.Of(query);
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
        var condition = CostSelection.Of(query);
        return ReadAsync(
            StoreOperationNames.CostSum,
            query,
            CostSums.Sql(database.Dialect, condition),
            condition.BindTo,
            CostSums.Read,
            static rows => rows[0],
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CostGroup>> SumByAsync(
        CostQuery query, CostGrouping grouping, CancellationToken cancellationToken = default)
    {
        var condition = CostSelection.Of(query);
        return ReadAsync(
            StoreOperationNames.CostSum,
            query,
            CostSums.Sql(database.Dialect, condition, grouping),
            condition.BindTo,
            reader => CostSums.ReadGroup(reader, grouping),
            CostGroup.Sort,
            cancellationToken);
    }

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

    private DbCommand BindStart(DbCommand command, CostPosition? start) =>
        start is { } position ? command.Bind("@start_id", database.Dialect.Parameter(position.Id)) : command;

    /// <summary>Adds the records of calls that there is none of yet, and seals them in the same transaction.</summary>
    /// <returns>How many that are.</returns>
    private async ValueTask<long> InsertAsync(SqlSession write, IReadOnlyList<CostRecord> records, CancellationToken cancellationToken)
    {
        var before = await CostSealRow.TakeAsync(database.Dialect, write, cancellationToken).ConfigureAwait(false);
        var seal = before.Count == 0 ? before.Opened(chain) : before;
        foreach (var record in records)
        {
            var row = CostRow.Of(record);
            if (await CostRows.InsertAsync(database.Dialect, write, row, cancellationToken).ConfigureAwait(false))
            {
                seal = seal.With(chain, row);
            }
        }

        if (seal.Count > before.Count)
        {
            await CostSealRow.UpdateAsync(write, seal.Sealed(chain), cancellationToken).ConfigureAwait(false);
            await write.CommitAsync().ConfigureAwait(false);
        }

        return seal.Count - before.Count;
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
            token => database.ReadAsync(
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

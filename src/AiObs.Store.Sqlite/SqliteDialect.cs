using System.Data.Common;
using System.Globalization;
using AiObs.Store.Events;
using AiObs.Store.Sql;
using AiObs.Store.Sql.Events;
using Microsoft.Data.Sqlite;

namespace AiObs.Store.Sqlite;

/// <summary>SQLite: one file, one writer at a time, any number of readers.</summary>
internal sealed class SqliteDialect(SqliteFile file, TimeProvider clock) : SqlDialect
{
    private const string FindEventSql = $"{EventRows.Select} WHERE e.id = @id";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private SqliteWriter? _writer;
    private bool _mustWipe;
    private bool _isDisposed;

    /// <inheritdoc/>
    public override string Adapter => "sqlite";

    /// <inheritdoc/>
    public override string Place => file.Path;

    /// <inheritdoc/>
    public override string TableExistsSql => "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = @table";

    /// <inheritdoc/>
    public override IReadOnlyList<Migration> MigrationsOf(string part) => EmbeddedMigrations.Of(typeof(SqliteDialect).Assembly, part);

    /// <inheritdoc/>
    public override async ValueTask<SqlSession> ReadAsync(CancellationToken cancellationToken)
    {
        await LeaveCallerAsync(cancellationToken).ConfigureAwait(false);
        return Read(file.OpenReader(), transaction: null);
    }

    /// <inheritdoc/>
    public override async ValueTask<SqlSession> ReadSnapshotAsync(CancellationToken cancellationToken)
    {
        await LeaveCallerAsync(cancellationToken).ConfigureAwait(false);
        var connection = file.OpenReader();
        try
        {
            return Read(connection, connection.BeginTransaction(deferred: true));
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<SqlSession> WriteAsync(CancellationToken cancellationToken)
    {
        await WaitForTurnAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _writer ??= new SqliteWriter(file, clock);
            return new SqlSession(_writer.Connection, _writer.Begin(cancellationToken), _writer.Commands, EndTurnAsync);
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    /// <inheritdoc/>
    public override object Parameter(Guid id) => id.ToByteArray(bigEndian: true);

    /// <inheritdoc/>
    public override object Parameter(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override Guid ReadGuid(DbDataReader reader, int ordinal) => new(reader.GetFieldValue<byte[]>(ordinal), bigEndian: true);

    /// <inheritdoc/>
    public override string WithoutIndex(string column) => $"+{column}";

    /// <inheritdoc/>
    /// <remarks>The plus keeps SQLite from looking for the smallest position in the order of positions, which is a scan of everything before it.</remarks>
    public override string PositionsWithin(string times) =>
        $"e.position BETWEEN (SELECT min(+position) FROM aiobs_events WHERE {times}) AND (SELECT max(+position) FROM aiobs_events WHERE {times})";

    /// <inheritdoc/>
    public override string IsEventAsWritten => SqliteTypes.OfEvent;

    /// <inheritdoc/>
    public override string IsContentAsWritten => SqliteTypes.OfContent;

    /// <inheritdoc/>
    public override string IsWriterAsWritten => SqliteTypes.OfWriter;

    /// <inheritdoc/>
    public override string IsCheckpointAsWritten => SqliteTypes.OfCheckpoint;

    /// <inheritdoc/>
    public override string IsCostAsWritten => SqliteTypes.OfCost;

    /// <inheritdoc/>
    public override string Sum(string column) => ExactSum.Sql(column);

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyList<StoredEvent>> FindEventsAsync(
        SqlSession write, IReadOnlyList<PreparedEvent> events, CancellationToken cancellationToken)
    {
        var query = write.Command(FindEventSql);
        List<StoredEvent> found = [];
        foreach (var sought in events)
        {
            query.Bind("@id", Parameter(sought.Facts.Id));
            found.AddRange(await EventRows.ReadAsync(this, query, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    /// <inheritdoc/>
    public override ValueTask InsertEventsAsync(SqlSession write, IReadOnlyList<StoredEvent> events, CancellationToken cancellationToken)
    {
        var insert = new SqliteEventInsert(write);
        foreach (var added in events)
        {
            cancellationToken.ThrowIfCancellationRequested();
            insert.Insert(added);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The pages are overwritten already, as the writer's connection deletes securely; older versions of them stand in the write-ahead log until
    /// it is emptied. A reader in the middle of a page keeps it from being emptied; then the next turn to write tries again.
    /// </remarks>
    public override async ValueTask WipeErasedAsync()
    {
        await WaitForTurnAsync(CancellationToken.None).ConfigureAwait(false);
        _mustWipe = true;
        await EndTurnAsync(SessionEnd.Clean).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override StoreException Explain(DbException exception) => SqliteErrors.Explain(file, exception);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await _turn.WaitAsync().ConfigureAwait(false);
        _writer?.Dispose();
        file.CloseReaders();
        _turn.Dispose();
    }

    private static SqlSession Read(SqliteConnection connection, SqliteTransaction? transaction)
    {
        var commands = new PreparedCommands(connection);
        return new SqlSession(connection, transaction, commands, async _ =>
        {
            commands.Dispose();
            await connection.DisposeAsync().ConfigureAwait(false);
        });
    }

    /// <summary>Goes on on a thread of the pool: SQLite works on the thread that calls it, and callers expect to get theirs back.</summary>
    private static async ValueTask LeaveCallerAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }

    private async ValueTask WaitForTurnAsync(CancellationToken cancellationToken) =>
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

    private ValueTask EndTurnAsync(SessionEnd end)
    {
        try
        {
            if (end == SessionEnd.Broken)
            {
                _writer?.Dispose();
                _writer = null;
            }
            else if (_mustWipe && _writer is not null)
            {
                _mustWipe = !_writer.TryEmptyLog();
            }
        }
        finally
        {
            _turn.Release();
        }

        return ValueTask.CompletedTask;
    }
}

using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using AiObs.Store.Events;
using AiObs.Store.Sql;
using AiObs.Store.Sql.Events;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AiObs.Store.Sqlite;

/// <summary>SQLite: one file, one writer at a time, any number of readers.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    private const string FindEventSql = $"{EventRows.Select} WHERE e.id = @id";

    private readonly SqliteFile _file;
    private readonly TimeProvider _clock;
    private readonly Turn _turn;
    private readonly PendingWipe _wipe;
    private SqliteWriter? _writer;
    private bool _isDisposed;

    public SqliteDialect(SqliteFile file, TimeProvider clock)
    {
        _file = file;
        _clock = clock;
        _turn = new Turn(this);
        _wipe = new PendingWipe(clock, TryAgainToWipeAsync);
    }

    /// <inheritdoc/>
    public override string Adapter => "sqlite";

    /// <inheritdoc/>
    public override string Place => _file.Path;

    /// <inheritdoc/>
    public override bool HasOneWriter => true;

    /// <inheritdoc/>
    public override string TableExistsSql => "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = @table";

    /// <inheritdoc/>
    public override IReadOnlyList<Migration> MigrationsOf(string part) => EmbeddedMigrations.Of(typeof(SqliteDialect).Assembly, part);

    /// <inheritdoc/>
    public override async ValueTask<SqlSession> ReadAsync(CancellationToken cancellationToken)
    {
        await LeaveCallerAsync(cancellationToken).ConfigureAwait(false);
        _turn.ThrowIfClosed();
        return Read(_file.OpenReader(), transaction: null);
    }

    /// <inheritdoc/>
    public override async ValueTask<SqlSession> ReadSnapshotAsync(CancellationToken cancellationToken)
    {
        await LeaveCallerAsync(cancellationToken).ConfigureAwait(false);
        _turn.ThrowIfClosed();
        var connection = _file.OpenReader();
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
        await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var writer = OpenWriter();
            return new SqlSession(writer.Connection, writer.Begin(_turn, cancellationToken), writer.Commands, EndTurnAsync, writer.ThrowIfLost);
        }
        catch (Exception exception)
        {
            await EndTurnAsync(IsOfOthers(exception) ? SessionEnd.Clean : SessionEnd.Broken).ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public override ValueTask<long> InsertAsync(SqlSession write, BulkTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken) =>
        new(SqliteBulkWrite.Insert(write, table, rows, cancellationToken));

    /// <inheritdoc/>
    public override ValueTask<long> DeleteAsync(SqlSession write, BulkTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken) =>
        new(SqliteBulkWrite.Delete(write, table, rows, cancellationToken));

    /// <inheritdoc/>
    public override string JoinTexts(string column, string key) => $"CROSS JOIN json_each({column}, '$.' || {key}) v";

    /// <inheritdoc/>
    public override string IsIn(string column, string parameter) => $"{column} IN (SELECT value FROM json_each({parameter}))";

    /// <inheritdoc/>
    public override object Parameter(IReadOnlyCollection<string> texts) => $"[{string.Join(',', texts.Select(static text => $"\"{JsonEncodedText.Encode(text)}\""))}]";

    /// <inheritdoc/>
    public override string Contains(string column, string text) => $"instr(lower({column}), {text}) > 0";

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
    /// <remarks>A text stands there with its quotes doubled, and a blob in hexadecimal digits.</remarks>
    public override string StrayHas(string id) => $"(instr(content, {id}) > 0 OR instr(content, replace({id}, '''', '''''')) > 0 OR instr(content, hex({id})) > 0)";

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
    /// it is emptied. A reader in the middle of a page keeps it from being emptied; then each turn to write tries again, and a timer.
    /// </remarks>
    public override ValueTask<bool> WipeErasedAsync(CancellationToken cancellationToken) => WipeAsync(SqliteFile.Step, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<bool> WipeAtOnceAsync() => TryWipeAsync(SqliteFile.Step);

    /// <inheritdoc/>
    public override StoreException Explain(DbException exception) => SqliteErrors.Explain(_file, exception);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await _turn.CloseAsync().ConfigureAwait(false);
        _wipe.Dispose();
        CloseAll();
    }

    /// <summary>Tells whether an exception says nothing about the connection: others hold the lock, or the caller waits no longer.</summary>
    private static bool IsOfOthers(Exception exception) =>
        exception is OperationCanceledException or ObjectDisposedException or SqliteException { SqliteErrorCode: raw.SQLITE_BUSY };

    /// <summary>Goes on on a thread of the pool: SQLite works on the thread that calls it, and callers expect to get theirs back.</summary>
    private static async ValueTask LeaveCallerAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }

    /// <summary>Reads. After the log was disposed, the pool keeps no connection, and with it the file, open.</summary>
    private SqlSession Read(SqliteConnection connection, SqliteTransaction? transaction)
    {
        var commands = new PreparedCommands(connection);
        return new SqlSession(connection, transaction, commands, end =>
        {
            if (end == SessionEnd.Broken || _isDisposed)
            {
                SqliteConnection.ClearPool(connection);
            }

            SqliteFile.Close(connection, commands);
            return ValueTask.CompletedTask;
        });
    }

    private async ValueTask TakeTurnAsync(CancellationToken cancellationToken)
    {
        await LeaveCallerAsync(cancellationToken).ConfigureAwait(false);
        await _turn.TakeAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the writer. One that opens empties what a process that was killed has left in the write-ahead log.</summary>
    private SqliteWriter OpenWriter()
    {
        if (_writer is null)
        {
            _writer = new SqliteWriter(_file, _clock);
            _writer.ThrowIfLost();
            _wipe.Note(_writer.TryEmptyLog(TimeSpan.Zero));
        }

        return _writer;
    }

    private async ValueTask<bool> WipeAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        var end = SessionEnd.Broken;
        try
        {
            _wipe.Note(isDone: false);
            var writer = OpenWriter();
            var isEmpty = writer.TryEmptyLog(patience);
            writer.ThrowIfLost();
            end = SessionEnd.Clean;
            return _wipe.Note(isEmpty);
        }
        finally
        {
            await EndTurnAsync(end).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> TryWipeAsync(TimeSpan patience)
    {
        try
        {
            return await WipeAsync(patience, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DbException or StoreException or ObjectDisposedException)
        {
            // The timer tries again, and so does whoever opens the file for writing next.
            return false;
        }
    }

    /// <summary>Makes no file where there is none any more.</summary>
    private async Task TryAgainToWipeAsync()
    {
        if (File.Exists(_file.Path))
        {
            await TryWipeAsync(TimeSpan.Zero).ConfigureAwait(false);
        }
    }

    private ValueTask EndTurnAsync(SessionEnd end)
    {
        try
        {
            if (end == SessionEnd.Broken)
            {
                CloseAll();
            }
            else if (_wipe.IsPending && _writer is not null)
            {
                _wipe.Note(_writer.TryEmptyLog(TimeSpan.Zero));
            }
        }
        finally
        {
            _turn.Give();
        }

        return ValueTask.CompletedTask;
    }

    private void CloseAll()
    {
        var writer = _writer;
        _writer = null;
        try
        {
            _file.CloseReaders();
        }
        finally
        {
            writer?.Dispose();
        }
    }
}

using System.Data;
using System.Data.Common;
using AiObs.Store.Events;
using AiObs.Store.Sql;
using AiObs.Store.Sql.Events;
using Npgsql;

namespace AiObs.Store.PostgreSql;

/// <summary>PostgreSQL: any number of processes, one of which writes at a time.</summary>
/// <remarks>
/// The lock is held from before the first row gets its position until the commit is visible, so positions are the order of commits:
/// a reader that has seen a position has seen everything below it.
/// </remarks>
internal sealed class PostgreSqlDialect(NpgsqlDataSource source, bool ownsSource) : SqlDialect
{
    // "aiobs" in ASCII: any number will do that nobody else uses in the same database.
    private const string LockSql = "SELECT pg_advisory_xact_lock(418380735091)";

    // The next number: whoever appends events does not wait for whoever appends spans.
    private const string BulkLockSql = "SELECT pg_advisory_xact_lock(418380735092)";

    private const string FindEventsSql = $"{EventRows.Select} WHERE e.id = ANY(@ids)";

    private readonly string _place = PlaceOf(new NpgsqlConnectionStringBuilder(source.ConnectionString));

    /// <inheritdoc/>
    public override string Adapter => "postgresql";

    /// <inheritdoc/>
    public override string Place => _place;

    /// <inheritdoc/>
    public override bool HasOneWriter => false;

    /// <inheritdoc/>
    /// <remarks>Not <c>to_regclass</c>, which remembers from before the wait for the lock that there was no such table.</remarks>
    public override string TableExistsSql =>
        "SELECT 'yes' FROM pg_catalog.pg_class WHERE relname = @table AND relkind = 'r' AND pg_catalog.pg_table_is_visible(oid)";

    /// <inheritdoc/>
    public override IReadOnlyList<Migration> MigrationsOf(string part) => EmbeddedMigrations.Of(typeof(PostgreSqlDialect).Assembly, part);

    /// <inheritdoc/>
    public override async ValueTask<SqlSession> ReadAsync(CancellationToken cancellationToken) =>
        Begin(await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false), transaction: null);

    /// <inheritdoc/>
    public override ValueTask<SqlSession> ReadSnapshotAsync(CancellationToken cancellationToken) =>
        BeginAsync(IsolationLevel.RepeatableRead, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<SqlSession> WriteSharedAsync(CancellationToken cancellationToken) =>
        BeginAsync(IsolationLevel.ReadCommitted, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<SqlSession> WriteAsync(CancellationToken cancellationToken) => WriteAsync(LockSql, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask ExcludeOthersAsync(SqlSession write, CancellationToken cancellationToken) => LockAsync(write, LockSql, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<SqlSession> WriteBulkAsync(CancellationToken cancellationToken) => WriteAsync(BulkLockSql, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<long> InsertAsync(SqlSession write, BulkTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken) =>
        PostgreSqlBulkWrite.InsertAsync(write, table, rows, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<long[]> InsertAsync(SqlSession write, IReadOnlyList<BulkRows> inserts, CancellationToken cancellationToken) =>
        PostgreSqlBulkWrite.InsertAsync(write, inserts, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<long> DeleteAsync(SqlSession write, BulkTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken) =>
        PostgreSqlBulkWrite.DeleteAsync(write, table, rows, cancellationToken);

    /// <inheritdoc/>
    public override string JoinTexts(string column, string key) =>
        $"CROSS JOIN LATERAL (SELECT a.text COLLATE \"C\" AS value FROM jsonb_array_elements_text({column}::jsonb -> {key}) a (text)) v";

    /// <inheritdoc/>
    public override string AsEventId(string column) => $"encode({column}, 'hex')::uuid";

    /// <inheritdoc/>
    public override string IsIn(string column, string parameter) => $"{column} = ANY({parameter})";

    /// <inheritdoc/>
    public override object Parameter(IReadOnlyCollection<string> texts) => texts.ToArray();

    /// <inheritdoc/>
    /// <remarks>In the collation "C" the lower case of anything but A to Z is itself.</remarks>
    public override string Contains(string column, string text) => $"strpos(lower({column} COLLATE \"C\"), {text}) > 0";

    /// <inheritdoc/>
    public override object Parameter(Guid id) => id;

    /// <inheritdoc/>
    public override object Parameter(decimal amount) => amount;

    /// <inheritdoc/>
    public override Guid ReadGuid(DbDataReader reader, int ordinal) => reader.GetGuid(ordinal);

    /// <inheritdoc/>
    /// <remarks>A text stands there as in JSON.</remarks>
    public override string StrayHas(string id) => $"(strpos(content, {id}) > 0 OR strpos(content, btrim(to_json({id}::text)::text, '\"')) > 0)";

    /// <inheritdoc/>
    public override string Sum(string column) => $"sum({column})::text";

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyList<StoredEvent>> FindEventsAsync(
        SqlSession write, IReadOnlyList<PreparedEvent> events, CancellationToken cancellationToken)
    {
        var query = write.Command(FindEventsSql).Bind("@ids", events.Select(static sought => sought.Facts.Id).ToArray());
        return await EventRows.ReadAsync(this, query, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override ValueTask InsertEventsAsync(SqlSession write, IReadOnlyList<StoredEvent> events, CancellationToken cancellationToken) =>
        PostgreSqlEventInsert.InsertAsync(write, events, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<bool> WipeErasedAsync(CancellationToken cancellationToken) =>
        new PostgreSqlWipe(source, Place).RunAsync(cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Npgsql lets it out of a connection that breaks at the moment at which it comes from the pool.</remarks>
    public override DbException? MeantBy(ObjectDisposedException exception) =>
        exception.ObjectName == typeof(ManualResetEventSlim).FullName ? new NpgsqlException("The connection is broken.", exception) : null;

    /// <inheritdoc/>
    public override StoreException Explain(DbException exception) => PostgreSqlErrors.Explain(Place, exception);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ownsSource ? source.DisposeAsync() : ValueTask.CompletedTask;

    private async ValueTask<SqlSession> WriteAsync(string lockSql, CancellationToken cancellationToken)
    {
        var session = await BeginAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        try
        {
            await LockAsync(session, lockSql, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask LockAsync(SqlSession session, string lockSql, CancellationToken cancellationToken)
    {
        try
        {
            await session.ExecuteAsync(lockSql, cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException exception) when (exception.InnerException is TimeoutException)
        {
            throw PostgreSqlErrors.Locked(Place, exception);
        }
    }

    private async ValueTask<SqlSession> BeginAsync(IsolationLevel isolation, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Begin(connection, await connection.BeginTransactionAsync(isolation, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static SqlSession Begin(NpgsqlConnection connection, NpgsqlTransaction? transaction)
    {
        var commands = new PreparedCommands(connection);
        return new SqlSession(connection, transaction, commands, async _ =>
        {
            try
            {
                commands.Dispose();
            }
            finally
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        });
    }

    private static string PlaceOf(NpgsqlConnectionStringBuilder parsed) => $"database {parsed.Database ?? parsed.Username} on {parsed.Host}:{parsed.Port}";
}

using System.Data.Common;
using AiObs.Store.Events;

namespace AiObs.Store.Sql;

/// <summary>What differs between databases: connections, locks, a few words of SQL, and what goes wrong.</summary>
internal abstract class SqlDialect : IAsyncDisposable
{
    /// <summary>Gets the name of the kind of database in telemetry.</summary>
    public abstract string Adapter { get; }

    /// <summary>Gets where the database is, for messages; never a password.</summary>
    public abstract string Place { get; }

    /// <summary>Gets a value indicating whether one writes at a time in any transaction, so that nobody waits longer where the log is written in it too.</summary>
    public abstract bool HasOneWriter { get; }

    /// <summary>Gets a query that returns something when there is a table named <c>@table</c>.</summary>
    public abstract string TableExistsSql { get; }

    /// <summary>Returns the steps to the newest schema of a part.</summary>
    public abstract IReadOnlyList<Migration> MigrationsOf(string part);

    /// <summary>Opens a connection to read from.</summary>
    public abstract ValueTask<SqlSession> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Opens a connection on which all reads see the database as it is at the first of them.</summary>
    public abstract ValueTask<SqlSession> ReadSnapshotAsync(CancellationToken cancellationToken);

    /// <summary>Opens a transaction that no other writer, of this process or another, can stand in at the same time.</summary>
    public abstract ValueTask<SqlSession> WriteAsync(CancellationToken cancellationToken);

    /// <summary>Opens a transaction for rows whose order does not matter; others may write at the same time where the database lets them.</summary>
    public virtual ValueTask<SqlSession> WriteSharedAsync(CancellationToken cancellationToken) => WriteAsync(cancellationToken);

    /// <summary>Makes a transaction of <see cref="WriteSharedAsync"/> one of <see cref="WriteAsync"/>, in the middle of it, where the two are not the same anyway.</summary>
    public virtual ValueTask ExcludeOthersAsync(SqlSession write, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>
    /// Opens a transaction for what is much and no evidence: nobody else whom this method gave one stands in one at the same time, but those may write whom
    /// <see cref="WriteAsync"/> gave one, where the database lets them.
    /// </summary>
    public virtual ValueTask<SqlSession> WriteBulkAsync(CancellationToken cancellationToken) => WriteAsync(cancellationToken);

    /// <summary>Adds rows.</summary>
    /// <param name="write">The transaction.</param>
    /// <param name="table">Where, and what becomes of a row whose key there is already.</param>
    /// <param name="rows">The values of the rows, in the order of the columns; none with the key of another.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>How many were added, or took the place of another.</returns>
    public abstract ValueTask<long> InsertAsync(SqlSession write, BulkTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken);

    /// <summary>Adds rows to several tables, in their order; in one round trip where the database takes one.</summary>
    /// <param name="write">The transaction.</param>
    /// <param name="inserts">The rows of each table.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>How many rows of each were added, or took the place of another.</returns>
    public virtual async ValueTask<long[]> InsertAsync(SqlSession write, IReadOnlyList<BulkRows> inserts, CancellationToken cancellationToken)
    {
        var counts = new long[inserts.Count];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = await InsertAsync(write, inserts[i].Table, inserts[i].Values, cancellationToken).ConfigureAwait(false);
        }

        return counts;
    }

    /// <summary>Removes rows by the values of all their columns; those that are not there are left out.</summary>
    /// <param name="write">The transaction.</param>
    /// <param name="table">Where.</param>
    /// <param name="rows">The values of the rows, in the order of the columns, none of them empty.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>How many were removed.</returns>
    public abstract ValueTask<long> DeleteAsync(SqlSession write, BulkTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken);

    /// <summary>Returns what to join for a row <c>v.value</c> of each text that a column, an object of arrays of texts as JSON, has under a key.</summary>
    public abstract string JoinTexts(string column, string key);

    /// <summary>Returns a condition for a column that has one of the values of a parameter.</summary>
    public abstract string IsIn(string column, string parameter);

    /// <summary>Returns texts as a parameter of such a condition.</summary>
    public abstract object Parameter(IReadOnlyCollection<string> texts);

    /// <summary>Returns a column of sixteen bytes as the id of an event.</summary>
    public virtual string AsEventId(string column) => column;

    /// <summary>Returns a condition for a column in which a text stands, however A to Z are written there. The text has none of them.</summary>
    public abstract string Contains(string column, string text);

    /// <summary>Returns an id as a parameter.</summary>
    public abstract object Parameter(Guid id);

    /// <summary>Returns an amount as a parameter.</summary>
    public abstract object Parameter(decimal amount);

    /// <summary>Reads an id.</summary>
    public abstract Guid ReadGuid(DbDataReader reader, int ordinal);

    /// <summary>Returns a column in a form in which no index of it is used, where the database chooses indexes without knowing how much they find.</summary>
    public virtual string WithoutIndex(string column) => column;

    /// <summary>Returns a condition that narrows the positions of <c>e</c> down to those of a range of times, where the database does not do that by itself.</summary>
    /// <param name="times">A condition on <c>ticks</c>.</param>
    public virtual string? PositionsWithin(string times) => null;

    /// <summary>Gets a condition for events <c>e</c> that have the types that logs write, where the database does not see to that by itself.</summary>
    public virtual string IsEventAsWritten => "1 = 1";

    /// <summary>Gets the same for contents <c>c</c>.</summary>
    public virtual string IsContentAsWritten => "1 = 1";

    /// <summary>Gets the same for writers <c>w</c>.</summary>
    public virtual string IsWriterAsWritten => "1 = 1";

    /// <summary>Gets the same for checkpoints <c>p</c>.</summary>
    public virtual string IsCheckpointAsWritten => "1 = 1";

    /// <summary>Gets the same for costs <c>c</c>, each of which has its place in the chain.</summary>
    public virtual string IsCostAsWritten => "c.hash IS NOT NULL";

    /// <summary>Returns a condition for rows that were set aside, in the text of which an id stands, however the database has written it there.</summary>
    public abstract string StrayHas(string id);

    /// <summary>Returns the exact sum of a column of the costs, as text.</summary>
    public abstract string Sum(string column);

    /// <summary>Finds the events that have one of the ids.</summary>
    public abstract ValueTask<IReadOnlyList<StoredEvent>> FindEventsAsync(
        SqlSession write, IReadOnlyList<PreparedEvent> events, CancellationToken cancellationToken);

    /// <summary>Adds events, in order, and their contents. The database gives them their positions.</summary>
    public abstract ValueTask InsertEventsAsync(SqlSession write, IReadOnlyList<StoredEvent> events, CancellationToken cancellationToken);

    /// <summary>Takes what was erased out of every file of the database, as <see cref="IEventLog.WipeErasedAsync"/> says.</summary>
    /// <returns>Whether it is gone from them.</returns>
    public abstract ValueTask<bool> WipeErasedAsync(CancellationToken cancellationToken);

    /// <summary>Does the same after an erasure, where it holds up nobody for long. It never throws, as the erasure is committed.</summary>
    public virtual ValueTask<bool> WipeAtOnceAsync() => new(false);

    /// <summary>Returns what the driver should have thrown instead of an exception that says nothing of the database; <see langword="null"/> where it means what it says.</summary>
    public virtual DbException? MeantBy(ObjectDisposedException exception) => null;

    /// <summary>Says in plain words what an exception of the driver means.</summary>
    public abstract StoreException Explain(DbException exception);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

using System.Data.Common;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Events;

/// <summary>Reads and writes the rows of writers.</summary>
internal static class WriterRows
{
    private const string Select = """
        SELECT writer, opened_ticks, is_keyed, predecessor_writer, predecessor_sequence, predecessor_hash, sequence, hash, seal, log_id
        FROM aiobs_event_writers
        """;

    private const string SelectNewestSql = $"{Select} ORDER BY ordinal DESC LIMIT 1";

    private const string SelectOneSql = $"{Select} WHERE writer = @writer";

    private const string InsertSql = """
        INSERT INTO aiobs_event_writers
            (writer, opened_ticks, is_keyed, predecessor_writer, predecessor_sequence, predecessor_hash, sequence, hash, seal, log_id)
        VALUES (@writer, @opened_ticks, @is_keyed, @predecessor_writer, @predecessor_sequence, @predecessor_hash, @sequence, @hash, @seal, @log_id)
        """;

    private const string UpdateSql = "UPDATE aiobs_event_writers SET sequence = @sequence, hash = @hash, seal = @seal WHERE writer = @writer";

    /// <summary>Returns all writers in the order in which they opened; rows that no log has written so are left out.</summary>
    public static ValueTask<List<ChainWriter>> ReadAllAsync(SqlDialect dialect, SqlSession session, CancellationToken cancellationToken) =>
        ReadAsync(dialect, session.Command($"{Select} w WHERE {dialect.IsWriterAsWritten} ORDER BY ordinal"), cancellationToken);

    /// <summary>Returns the writer that opened last.</summary>
    public static async ValueTask<ChainWriter?> FindNewestAsync(SqlDialect dialect, SqlSession session, CancellationToken cancellationToken) =>
        (await ReadAsync(dialect, session.Command(SelectNewestSql), cancellationToken).ConfigureAwait(false)).SingleOrDefault();

    /// <summary>Returns a writer; <see langword="null"/> where there is not exactly one of that name.</summary>
    public static async ValueTask<ChainWriter?> FindAsync(SqlDialect dialect, SqlSession session, string writer, CancellationToken cancellationToken) =>
        await ReadAsync(dialect, session.Command(SelectOneSql).Bind("@writer", writer), cancellationToken).ConfigureAwait(false) is [var only] ? only : null;

    public static Task InsertAsync(SqlDialect dialect, SqlSession write, ChainWriter writer, CancellationToken cancellationToken) =>
        BindHead(write.Command(InsertSql), writer)
            .Bind("@opened_ticks", writer.OpenedTicks)
            .Bind("@is_keyed", writer.IsKeyed ? 1 : 0)
            .Bind("@predecessor_writer", writer.Predecessor?.Writer)
            .Bind("@predecessor_sequence", writer.Predecessor?.Count)
            .Bind("@predecessor_hash", writer.Predecessor?.Hash)
            .Bind("@log_id", writer.Log is { } log ? dialect.Parameter(log) : null)
            .ExecuteNonQueryAsync(cancellationToken);

    public static Task UpdateAsync(SqlSession write, ChainWriter writer, CancellationToken cancellationToken) =>
        BindHead(write.Command(UpdateSql), writer).ExecuteNonQueryAsync(cancellationToken);

    private static DbCommand BindHead(DbCommand command, ChainWriter writer) => command
        .Bind("@writer", writer.Writer)
        .Bind("@sequence", writer.Head.Count)
        .Bind("@hash", writer.Head.Hash)
        .Bind("@seal", writer.Seal);

    private static async ValueTask<List<ChainWriter>> ReadAsync(SqlDialect dialect, DbCommand query, CancellationToken cancellationToken)
    {
        var reader = await query.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            List<ChainWriter> writers = [];
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                writers.Add(OddValues.Read((Dialect: dialect, Reader: reader), static row => Read(row.Dialect, row.Reader)));
            }

            return writers;
        }
    }

    private static ChainWriter Read(SqlDialect dialect, DbDataReader reader) => new(
        reader.IsDBNull(9) ? null : dialect.ReadGuid(reader, 9),
        reader.GetInt64(1),
        reader.GetInt32(2) != 0,
        ReadPredecessor(reader),
        new ChainHead(reader.GetString(0), reader.GetInt64(6), reader.GetFieldValue<byte[]>(7)),
        reader.GetFieldValue<byte[]>(8));

    /// <summary>Returns the predecessor, whatever somebody has left of it: then the seal does not fit.</summary>
    private static ChainHead? ReadPredecessor(DbDataReader reader) => reader.IsDBNull(3) && reader.IsDBNull(4) && reader.IsDBNull(5)
        ? null
        : new ChainHead(reader.FindString(3) ?? "", reader.IsDBNull(4) ? 0 : reader.GetInt64(4), reader.FindBytes(5) ?? []);
}

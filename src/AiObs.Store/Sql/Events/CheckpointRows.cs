using System.Data.Common;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Events;

/// <summary>Reads and writes checkpoints.</summary>
internal static class CheckpointRows
{
    private const string SelectNewestSql = """
        SELECT p.writer, p.sequence, p.hash, p.seal
        FROM aiobs_event_checkpoints p
        JOIN (SELECT writer, max(sequence) AS sequence FROM aiobs_event_checkpoints GROUP BY writer) n
            ON n.writer = p.writer AND n.sequence = p.sequence
        WHERE
        """;

    private const string InsertSql =
        "INSERT INTO aiobs_event_checkpoints (writer, sequence, hash, seal) VALUES (@writer, @sequence, @hash, @seal)";

    /// <summary>Returns the newest checkpoint of each writer that has any; rows that no log has written so are left out.</summary>
    public static async ValueTask<List<ChainCheckpoint>> ReadNewestAsync(SqlDialect dialect, SqlSession session, CancellationToken cancellationToken)
    {
        var reader = await session.Command($"{SelectNewestSql} {dialect.IsCheckpointAsWritten}").ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            List<ChainCheckpoint> checkpoints = [];
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                checkpoints.Add(OddValues.Read(reader, Read));
            }

            return checkpoints;
        }
    }

    public static Task InsertAsync(SqlSession write, ChainCheckpoint checkpoint, CancellationToken cancellationToken) => write.Command(InsertSql)
        .Bind("@writer", checkpoint.Head.Writer)
        .Bind("@sequence", checkpoint.Head.Count)
        .Bind("@hash", checkpoint.Head.Hash)
        .Bind("@seal", checkpoint.Seal)
        .ExecuteNonQueryAsync(cancellationToken);

    private static ChainCheckpoint Read(DbDataReader reader) =>
        new(new ChainHead(reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)), reader.GetFieldValue<byte[]>(3));
}

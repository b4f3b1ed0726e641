using System.Data.Common;
using System.Runtime.CompilerServices;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Events;

/// <summary>Reads events as the tables have them.</summary>
internal static class EventRows
{
    /// <summary>What every query of events selects; a condition and an order follow.</summary>
    public const string Select = """
        SELECT e.position, e.writer, e.sequence, e.hash, e.id, e.ticks, e.type, e.conversation_id, e.user_id, e.session_id, e.trace_id, e.span_id,
            e.data, e.commitment, c.position, c.content, c.salt, c.erased_by
        FROM aiobs_events e LEFT JOIN aiobs_event_contents c ON c.position = e.position
        """;

    /// <summary>Reads the rows of a query that starts with <see cref="Select"/>.</summary>
    public static async IAsyncEnumerable<StoredEvent> ReadAsync(
        SqlDialect dialect, DbCommand query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = await query.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return OddValues.Read((Dialect: dialect, Reader: reader), static row => Read(row.Dialect, row.Reader));
            }
        }
    }

    private static StoredEvent Read(SqlDialect dialect, DbDataReader reader) => new(
        new EventFacts
        {
            Id = dialect.ReadGuid(reader, 4),
            Ticks = reader.GetInt64(5),
            Type = reader.GetString(6),
            ConversationId = reader.FindString(7),
            UserId = reader.FindString(8),
            SessionId = reader.FindString(9),
            TraceId = reader.FindString(10),
            SpanId = reader.FindString(11),
            Data = reader.GetString(12),
            Commitment = reader.FindBytes(13),
        },
        reader.IsDBNull(14) ? null : ReadContent(dialect, reader),
        new ChainHead(reader.GetString(1), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3)),
        reader.GetInt64(0));

    private static EventContent ReadContent(SqlDialect dialect, DbDataReader reader) => new(
        reader.FindString(15), reader.FindBytes(16), reader.IsDBNull(17) ? null : dialect.ReadGuid(reader, 17));
}

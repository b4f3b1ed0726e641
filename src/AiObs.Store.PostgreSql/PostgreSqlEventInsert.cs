using AiObs.Store.Events;
using AiObs.Store.Sql;

namespace AiObs.Store.PostgreSql;

/// <summary>Adds a batch of any size with one statement and one round trip: a column of the batch is one array.</summary>
internal static class PostgreSqlEventInsert
{
    private const string Sql = """
        WITH inserted AS (
            INSERT INTO aiobs_events
                (id, writer, sequence, ticks, type, conversation_id, user_id, session_id, trace_id, span_id, data, commitment, hash)
            SELECT n.id, @writer, n.sequence, n.ticks, n.type, n.conversation_id, n.user_id, n.session_id, n.trace_id, n.span_id, n.data, n.commitment, n.hash
            FROM unnest(@ids, @sequences, @ticks, @types, @conversations, @users, @sessions, @traces, @spans, @data, @commitments, @hashes)
                AS n (id, sequence, ticks, type, conversation_id, user_id, session_id, trace_id, span_id, data, commitment, hash)
            ORDER BY n.sequence
            RETURNING position, id
        )
        INSERT INTO aiobs_event_contents (position, content, salt)
        SELECT i.position, c.content, c.salt
        FROM inserted i JOIN unnest(@contentIds, @contents, @salts) AS c (id, content, salt) ON c.id = i.id
        """;

    public static async ValueTask InsertAsync(SqlSession write, IReadOnlyList<StoredEvent> events, CancellationToken cancellationToken)
    {
        var said = events.Where(static added => added.Content is not null).ToArray();
        await write.Command(Sql)
            .Bind("@writer", events[0].Place.Writer)
            .Bind("@ids", Column(events, static added => added.Facts.Id))
            .Bind("@sequences", Column(events, static added => added.Place.Count))
            .Bind("@ticks", Column(events, static added => added.Facts.Ticks))
            .Bind("@types", Column(events, static added => added.Facts.Type))
            .Bind("@conversations", Column(events, static added => added.Facts.ConversationId))
            .Bind("@users", Column(events, static added => added.Facts.UserId))
            .Bind("@sessions", Column(events, static added => added.Facts.SessionId))
            .Bind("@traces", Column(events, static added => added.Facts.TraceId))
            .Bind("@spans", Column(events, static added => added.Facts.SpanId))
            .Bind("@data", Column(events, static added => added.Facts.Data))
            .Bind("@commitments", Column(events, static added => added.Facts.Commitment))
            .Bind("@hashes", Column(events, static added => added.Place.Hash))
            .Bind("@contentIds", Column(said, static added => added.Facts.Id))
            .Bind("@contents", Column(said, static added => added.Content!.Text))
            .Bind("@salts", Column(said, static added => added.Content!.Salt))
            .ExecuteNonQueryAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    private static T[] Column<T>(IReadOnlyList<StoredEvent> events, Func<StoredEvent, T> value)
    {
        var column = new T[events.Count];
        for (var row = 0; row < column.Length; row++)
        {
            column[row] = value(events[row]);
        }

        return column;
    }
}

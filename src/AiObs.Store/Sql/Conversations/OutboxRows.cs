using System.Data.Common;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Conversations;

/// <summary>Keeps events that are on their way to the log, exactly as the log will have them.</summary>
internal static class OutboxRows
{
    private const string Columns = "id, ticks, type, conversation_id, user_id, session_id, trace_id, span_id, data, commitment, content, salt";

    private const string IsAnySql = "SELECT position FROM aiobs_event_outbox LIMIT 1";

    /// <summary>The oldest first. Positions of one conversation are in the order of its commits, as its row is locked when they are given.</summary>
    private const string TakeSql = $"""
        WITH taken AS (
            DELETE FROM aiobs_event_outbox WHERE position IN (SELECT position FROM aiobs_event_outbox ORDER BY position LIMIT @limit) RETURNING position, {Columns}
        )
        SELECT {Columns} FROM taken ORDER BY position
        """;

    private const string TakeOfSql = $"""
        WITH taken AS (DELETE FROM aiobs_event_outbox WHERE conversation_id = @conversation RETURNING position, {Columns})
        SELECT {Columns} FROM taken ORDER BY position
        """;

    private const string DropSql = "DELETE FROM aiobs_event_outbox WHERE id = @id";

    private static readonly BulkTable Table = new(
        "aiobs_event_outbox",
        "id",
        [
            ("id", typeof(byte[])),
            ("ticks", typeof(long)),
            ("type", typeof(string)),
            ("conversation_id", typeof(string)),
            ("user_id", typeof(string)),
            ("session_id", typeof(string)),
            ("trace_id", typeof(string)),
            ("span_id", typeof(string)),
            ("data", typeof(string)),
            ("commitment", typeof(byte[])),
            ("content", typeof(string)),
            ("salt", typeof(byte[])),
        ],
        Replaces: false);

    public static BulkRows Of(IReadOnlyList<PreparedEvent> events) => new(Table, [.. events.Select(ValuesOf)]);

    public static async ValueTask<bool> IsAnyAsync(SqlSession read, CancellationToken cancellationToken) =>
        await read.Command(IsAnySql).ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not (null or DBNull);

    /// <summary>Takes the oldest events out.</summary>
    public static ValueTask<List<PreparedEvent>> TakeAsync(SqlSession write, int limit, CancellationToken cancellationToken) =>
        write.Command(TakeSql).Bind("@limit", limit).ReadAllAsync(Read, cancellationToken);

    /// <summary>Takes the events of a conversation out.</summary>
    public static ValueTask<List<PreparedEvent>> TakeAsync(SqlSession write, string conversationId, CancellationToken cancellationToken) =>
        write.Command(TakeOfSql).Bind("@conversation", conversationId).ReadAllAsync(Read, cancellationToken);

    /// <summary>Lets go of an event.</summary>
    public static Task DropAsync(SqlSession write, Guid id, CancellationToken cancellationToken) =>
        write.Command(DropSql).Bind("@id", id.ToByteArray(bigEndian: true)).ExecuteNonQueryAsync(cancellationToken);

    private static object?[] ValuesOf(PreparedEvent added) =>
    [
        added.Facts.Id.ToByteArray(bigEndian: true),
        added.Facts.Ticks,
        added.Facts.Type,
        added.Facts.ConversationId,
        added.Facts.UserId,
        added.Facts.SessionId,
        added.Facts.TraceId,
        added.Facts.SpanId,
        added.Facts.Data,
        added.Facts.Commitment,
        added.Content?.Text,
        added.Content?.Salt,
    ];

    private static PreparedEvent Read(DbDataReader row) => new(
        new EventFacts
        {
            Id = new(row.GetFieldValue<byte[]>(0), bigEndian: true),
            Ticks = row.GetInt64(1),
            Type = row.GetString(2),
            ConversationId = row.FindString(3),
            UserId = row.FindString(4),
            SessionId = row.FindString(5),
            TraceId = row.FindString(6),
            SpanId = row.FindString(7),
            Data = row.GetString(8),
            Commitment = row.FindBytes(9),
        },
        row.FindString(10) is { } content ? new EventContent(content, row.FindBytes(11)) : null);
}

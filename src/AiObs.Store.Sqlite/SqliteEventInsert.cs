using AiObs.Store.Events;
using AiObs.Store.Sql;
using Microsoft.Data.Sqlite;

namespace AiObs.Store.Sqlite;

/// <summary>Adds events one by one with two compiled statements, which is the fastest that SQLite offers.</summary>
/// <remarks>A failed insert does not undo itself, as the transaction will be: to be able to, SQLite would journal every page that it touches.</remarks>
internal sealed class SqliteEventInsert
{
    private const string EventSql = """
        INSERT OR FAIL INTO aiobs_events
            (id, writer, sequence, ticks, type, conversation_id, user_id, session_id, trace_id, span_id, data, commitment, hash)
        VALUES (@id, @writer, @sequence, @ticks, @type, @conversation_id, @user_id, @session_id, @trace_id, @span_id, @data, @commitment, @hash)
        """;

    private const string ContentSql = """
        INSERT OR FAIL INTO aiobs_event_contents (position, content, salt, erased_by) VALUES (last_insert_rowid(), @content, @salt, NULL)
        """;

    private readonly SqliteCommand _event;
    private readonly SqliteCommand _content;

    public SqliteEventInsert(SqlSession write)
    {
        _event = (SqliteCommand)write.Command(EventSql);
        _content = (SqliteCommand)write.Command(ContentSql);
    }

    public void Insert(StoredEvent added)
    {
        var facts = added.Facts;
        _event
            .Bind("@id", facts.Id.ToByteArray(bigEndian: true))
            .Bind("@writer", added.Place.Writer)
            .Bind("@sequence", added.Place.Count)
            .Bind("@ticks", facts.Ticks)
            .Bind("@type", facts.Type)
            .Bind("@conversation_id", facts.ConversationId)
            .Bind("@user_id", facts.UserId)
            .Bind("@session_id", facts.SessionId)
            .Bind("@trace_id", facts.TraceId)
            .Bind("@span_id", facts.SpanId)
            .Bind("@data", facts.Data)
            .Bind("@commitment", facts.Commitment)
            .Bind("@hash", added.Place.Hash)
            .ExecuteNonQuery();
        if (added.Content is { } content)
        {
            _content.Bind("@content", content.Text).Bind("@salt", content.Salt).ExecuteNonQuery();
        }
    }
}

using System.Text.Json;
using AiObs.Events;
using Microsoft.Data.Sqlite;

namespace AiObs.Benchmarks.Logs;

/// <summary>Writes the same rows to the same tables as an event log, as fast as the driver can: prepared statements, no hash, no commitment.</summary>
internal sealed class PlainLoop : IDisposable
{
    private const string EventSql = """
        INSERT OR FAIL INTO aiobs_events
            (id, writer, sequence, ticks, type, conversation_id, user_id, session_id, trace_id, span_id, data, commitment, hash)
        VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12)
        """;

    private const string ContentSql = "INSERT OR FAIL INTO aiobs_event_contents (position, content, salt) VALUES (last_insert_rowid(), @0, @1)";

    private readonly byte[] _bytes = new byte[32];
    private readonly string _writer = Guid.NewGuid().ToString("N");
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _event;
    private readonly SqliteCommand _content;
    private long _sequence;

    public PlainLoop(string connectionString)
    {
        _connection = new SqliteConnection($"{connectionString};Pooling=False");
        _connection.Open();
        using var command = _connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";
        command.ExecuteNonQuery();
        _event = Prepare(EventSql, 13);
        _content = Prepare(ContentSql, 2);
    }

    public void Append(AgentEvent[] events)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        _event.Transaction = transaction;
        _content.Transaction = transaction;
        foreach (var item in events)
        {
            Append(item);
        }

        transaction.Commit();
    }

    public void Dispose()
    {
        _event.Dispose();
        _content.Dispose();
        _connection.Dispose();
    }

    private void Append(AgentEvent item)
    {
        object?[] row =
        [
            item.Id.ToByteArray(bigEndian: true), _writer, ++_sequence, item.Time.UtcTicks, item.Type, item.ConversationId, item.UserId,
            item.SessionId, item.TraceId, item.SpanId, JsonSerializer.Serialize(item.Data), item.Content is null ? null : _bytes, _bytes,
        ];
        Run(_event, row);
        if (item.Content is not null)
        {
            Run(_content, [item.Content, _bytes]);
        }
    }

    private SqliteCommand Prepare(string sql, int parameterCount)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameterCount; i++)
        {
            command.Parameters.Add(new SqliteParameter($"@{i}", null));
        }

        return command;
    }

    private static void Run(SqliteCommand command, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        command.ExecuteNonQuery();
    }
}

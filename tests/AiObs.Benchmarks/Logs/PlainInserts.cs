using System.Text.Json;
using AiObs.Events;
using Microsoft.Data.Sqlite;

namespace AiObs.Benchmarks.Logs;

/// <summary>What appending is measured against: two prepared statements that write the same rows to the same tables, without hash, commitment or chain.</summary>
internal sealed class PlainInserts : IDisposable
{
    private static readonly string[] Columns =
        ["id", "writer", "sequence", "ticks", "type", "conversation_id", "user_id", "session_id", "trace_id", "span_id", "data", "commitment", "hash"];

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _event;
    private readonly SqliteCommand _content;
    private readonly byte[] _hash = new byte[32];
    private readonly string _writer = Guid.NewGuid().ToString("N");
    private long _sequence;

    public PlainInserts(string connectionString)
    {
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
        using (var pragma = _connection.CreateCommand())
        {
            pragma.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";
            pragma.ExecuteNonQuery();
        }

        _event = Prepare("aiobs_events", Columns);
        _content = Prepare("aiobs_event_contents", ["position", "content", "salt"]);
    }

    public void Append(AgentEvent[] events)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        _event.Transaction = _content.Transaction = transaction;
        foreach (var added in events)
        {
            var hasContent = added.Content is not null;
            Execute(
                _event, added.Id.ToByteArray(bigEndian: true), _writer, ++_sequence, added.Time.UtcTicks, added.Type, added.ConversationId, added.UserId,
                added.SessionId, added.TraceId, added.SpanId, JsonSerializer.Serialize(added.Data), hasContent ? _hash : null, _hash);
            if (hasContent)
            {
                Execute(_content, LastPosition(), added.Content, _hash);
            }
        }

        transaction.Commit();
    }

    public void Dispose()
    {
        _event.Dispose();
        _content.Dispose();
        _connection.Dispose();
    }

    private static void Execute(SqliteCommand command, params object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        command.ExecuteNonQuery();
    }

    private long LastPosition() => SQLitePCL.raw.sqlite3_last_insert_rowid(_connection.Handle);

    private SqliteCommand Prepare(string table, string[] columns)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Both texts are in this file.
        command.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(static column => $"@{column}"))})";
#pragma warning restore CA2100
        command.Parameters.AddRange(columns.Select(static column => new SqliteParameter($"@{column}", null)));
        return command;
    }
}

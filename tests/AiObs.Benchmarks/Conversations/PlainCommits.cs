using System.Text.Json;
using AiObs.Store;
using Microsoft.Data.Sqlite;

namespace AiObs.Benchmarks.Conversations;

/// <summary>What a commit is measured against: prepared statements that write the same rows to the same tables in one transaction, without checks, hash or chain.</summary>
internal sealed class PlainCommits : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _conversation;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _message;
    private readonly SqliteCommand _content;
    private readonly SqliteCommand _event;
    private readonly SqliteCommand _writer;
    private readonly byte[] _hash = new byte[32];
    private readonly string _name = Guid.NewGuid().ToString("N");
    private long _sequence;
    private long _version = 1;
    private long _eventSequence;

    public PlainCommits(string connectionString)
    {
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
        using (var pragma = _connection.CreateCommand())
        {
            pragma.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";
            pragma.ExecuteNonQuery();
        }

        _conversation = Prepare("UPDATE aiobs_conversations SET version = version + 1, last_sequence = last_sequence + $1, updated_ticks = $2 WHERE tenant = '' AND id = $3", 3);
        _commit = Prepare("INSERT INTO aiobs_conversation_commits (conversation, version, ticks, branch, last_sequence) VALUES ($1, $2, $3, 0, $4)", 4);
        _message = Prepare(
            "INSERT INTO aiobs_messages (conversation, sequence, branch, version, id, role, status, is_pinned, ticks, commitment) VALUES ($1, $2, 0, $3, $4, $5, 'Complete', 0, $6, $7)", 7);
        _content = Prepare("INSERT INTO aiobs_message_contents (conversation, sequence, content, salt) VALUES ($1, $2, $3, $4)", 4);
        _event = Prepare("INSERT INTO aiobs_events (id, writer, sequence, ticks, type, conversation_id, user_id, data, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", 9);
        _writer = Prepare("UPDATE aiobs_event_writers SET sequence = sequence + $1", 1);
    }

    public void Commit(ConversationCommit commit)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        foreach (var command in new[] { _conversation, _commit, _message, _content, _event, _writer })
        {
            command.Transaction = transaction;
        }

        Execute(_conversation, commit.Messages.Count, commit.At.UtcTicks, commit.ConversationId);
        _version++;
        foreach (var message in commit.Messages)
        {
            Execute(_message, 1, ++_sequence, _version, message.Id, message.Role.Value, message.At.UtcTicks, _hash);
            Execute(_content, 1, _sequence, message.Content!.Json, _hash);
        }

        Execute(_commit, 1, _version, commit.At.UtcTicks, _sequence);
        foreach (var told in commit.Events)
        {
            Execute(
                _event, told.Id.ToByteArray(bigEndian: true), _name, ++_eventSequence, told.Time.UtcTicks, told.Type, told.ConversationId, told.UserId, JsonSerializer.Serialize(told.Data), _hash);
        }

        Execute(_writer, commit.Events.Count);
        transaction.Commit();
    }

    public void Dispose()
    {
        foreach (var command in new[] { _conversation, _commit, _message, _content, _event, _writer })
        {
            command.Dispose();
        }

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

    private SqliteCommand Prepare(string sql, int parameters)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // All texts are in this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddRange(Enumerable.Range(1, parameters).Select(static number => new SqliteParameter($"${number}", null)));
        return command;
    }
}

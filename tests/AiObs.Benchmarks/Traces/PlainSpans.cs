using AiObs.Store;
using Microsoft.Data.Sqlite;

namespace AiObs.Benchmarks.Traces;

/// <summary>What the store is measured against: a prepared statement that writes the rows of spans alone, and a window function over them.</summary>
internal sealed class PlainSpans : IDisposable
{
    private const string PercentilesSql = """
        SELECT model, duration_ticks FROM (
            SELECT model, duration_ticks, row_number() OVER (PARTITION BY model ORDER BY duration_ticks) AS place, count(*) OVER (PARTITION BY model) AS number
            FROM aiobs_spans WHERE kind = 'Chat' AND ticks >= @after)
        WHERE place IN ((number * 50 + 99) / 100, (number * 95 + 99) / 100, (number * 99 + 99) / 100)
        ORDER BY model, place
        """;

    private static readonly string[] Columns =
    [
        "trace_id", "span_id", "parent_span_id", "is_root", "ticks", "duration_ticks", "source", "name", "kind", "provider", "model", "agent", "tool", "is_error",
        "error_type", "conversation_id", "user_id", "session_id", "tags", "input_tokens", "output_tokens", "had_content", "attributes", "events",
    ];

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;

    public PlainSpans(string connectionString)
    {
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
        using (var pragma = _connection.CreateCommand())
        {
            pragma.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";
            pragma.ExecuteNonQuery();
        }

        _insert = _connection.CreateCommand();
#pragma warning disable CA2100 // Both texts are in this file.
        _insert.CommandText = $"INSERT INTO aiobs_spans ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(static column => $"@{column}"))})";
#pragma warning restore CA2100
        _insert.Parameters.AddRange(Columns.Select(static column => new SqliteParameter($"@{column}", null)));
    }

    public void Append(SpanRecord[] spans)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        _insert.Transaction = transaction;
        foreach (var span in spans)
        {
            Execute(
                span.TraceId, span.SpanId, span.ParentSpanId, span.IsRoot ? 1L : 0L, span.Time.UtcTicks, span.Duration.Ticks, span.Source, span.Name, span.Kind?.ToString(),
                span.Provider, span.Model, span.Agent, span.Tool, span.IsError ? 1L : 0L, span.ErrorType, span.ConversationId, span.UserId, span.SessionId, null,
                span.InputTokens, span.OutputTokens, span.Content is null ? 0L : 1L, span.Attributes, span.Events);
        }

        transaction.Commit();
    }

    /// <summary>Returns the exact percentiles 50, 95 and 99 of each model's calls, in the order of models.</summary>
    public List<(string Model, TimeSpan Duration)> Percentiles(DateTimeOffset after)
    {
        using var query = _connection.CreateCommand();
        query.CommandText = PercentilesSql;
        query.Parameters.Add(new SqliteParameter("@after", after.UtcTicks));
        using var reader = query.ExecuteReader();
        List<(string, TimeSpan)> found = [];
        while (reader.Read())
        {
            found.Add((reader.GetString(0), TimeSpan.FromTicks(reader.GetInt64(1))));
        }

        return found;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }

    private void Execute(params object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _insert.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        _insert.ExecuteNonQuery();
    }
}

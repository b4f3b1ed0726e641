using AiObs.Store;
using AiObs.TestSupport.Databases;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AiObs.Benchmarks.Conversations;

/// <summary>Conversations and their events in a schema of a PostgreSQL server, which goes away with the server.</summary>
internal sealed class ConversationSchema : IFilledStore
{
    // As in ConversationFile.
    private const string FillSql = """
        INSERT INTO aiobs_messages (conversation, sequence, branch, version, id, role, status, is_pinned, ticks, commitment)
        SELECT c.position, n, (n > @count - @branch)::int, (n + 1) / 2 + 1, 'm-' || n, 'user', 'Complete', 0, c.created_ticks + n, decode(repeat('00', 32), 'hex')
        FROM generate_series(1, @count) n, aiobs_conversations c WHERE c.id = @id;
        INSERT INTO aiobs_message_contents (conversation, sequence, content, salt)
        SELECT c.position, n, '{"role":"user","contents":[{"$type":"text","text":"' || lpad(n::text, 200, '0') || '"}]}', decode(repeat('00', 32), 'hex')
        FROM generate_series(1, @count) n, aiobs_conversations c WHERE c.id = @id;
        INSERT INTO aiobs_conversation_commits (conversation, version, ticks, branch, last_sequence)
        SELECT c.position, n + 1, c.created_ticks + n, 0, 2 * n FROM generate_series(1, @count / 2) n, aiobs_conversations c WHERE c.id = @id;
        INSERT INTO aiobs_conversation_branches (conversation, branch, parent, after_sequence) SELECT position, 1, 0, @count - @branch FROM aiobs_conversations WHERE id = @id;
        UPDATE aiobs_conversations SET version = @count / 2 + 1, last_sequence = @count, branch = 1, branch_count = 2 WHERE id = @id;
        """;

    private readonly string _connectionString;
    private readonly ServiceProvider _services;

    private ConversationSchema(string connectionString)
    {
        _connectionString = connectionString;
        var services = new ServiceCollection();
        services.AddAgentObservability().AddStore(s => s.UsePostgreSql(connectionString));
        _services = services.BuildServiceProvider();
        Store = _services.GetRequiredService<IConversationStore>();
    }

    public IConversationStore Store { get; }

    public static async Task<ConversationSchema> CreateAsync(PostgreSqlServer server, string name)
    {
        await ExecuteAsync(server.ConnectionString, $"CREATE SCHEMA {name}");
        return new($"{server.ConnectionString};Search Path={name}");
    }

    public async Task FillAsync(string id, int count)
    {
        await Store.CommitAsync(Commits.Creating(id));
        await ExecuteAsync(_connectionString, FillSql, new NpgsqlParameter("@id", id), new NpgsqlParameter("@count", count), new NpgsqlParameter("@branch", IFilledStore.OnBranch));

        // The server does so by itself in time.
        await ExecuteAsync(_connectionString, "VACUUM ANALYZE");
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static async Task ExecuteAsync(string connectionString, string sql, params NpgsqlParameter[] parameters)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // All texts are in this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddRange(parameters);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}

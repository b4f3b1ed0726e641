using AiObs.Store;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Benchmarks.Conversations;

/// <summary>Conversations and their events in a SQLite file that goes away with it.</summary>
internal sealed class ConversationFile : IFilledStore
{
    // Rows of a conversation of two messages a commit; the last ones are on a branch.
    private const string FillSql = """
        WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < @count)
        INSERT INTO aiobs_messages (conversation, sequence, branch, version, id, role, status, is_pinned, ticks, commitment)
        SELECT c.position, n, n > @count - @branch, (n + 1) / 2 + 1, 'm-' || n, 'user', 'Complete', 0, c.created_ticks + n, zeroblob(32) FROM n, aiobs_conversations c WHERE c.id = @id;
        WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < @count)
        INSERT INTO aiobs_message_contents (conversation, sequence, content, salt)
        SELECT c.position, n, '{"role":"user","contents":[{"$type":"text","text":"' || printf('%0200d', n) || '"}]}', zeroblob(32) FROM n, aiobs_conversations c WHERE c.id = @id;
        WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < @count / 2)
        INSERT INTO aiobs_conversation_commits (conversation, version, ticks, branch, last_sequence)
        SELECT c.position, n + 1, c.created_ticks + n, 0, 2 * n FROM n, aiobs_conversations c WHERE c.id = @id;
        INSERT INTO aiobs_conversation_branches (conversation, branch, parent, after_sequence) SELECT position, 1, 0, @count - @branch FROM aiobs_conversations WHERE id = @id;
        UPDATE aiobs_conversations SET version = @count / 2 + 1, last_sequence = @count, branch = 1, branch_count = 2 WHERE id = @id;
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("aiobs-benchmark-").FullName;
    private readonly ServiceProvider _services;

    public ConversationFile()
    {
        var services = new ServiceCollection();
        services.AddAgentObservability().AddStore(s => s.UseSqlite(ConnectionString));
        _services = services.BuildServiceProvider();
        Store = _services.GetRequiredService<IConversationStore>();
    }

    public IConversationStore Store { get; }

    public string ConnectionString => $"Data Source={Path.Combine(_directory, "aiobs.db")}";

    public async Task FillAsync(string id, int count)
    {
        await Store.CommitAsync(Commits.Creating(id));
        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = FillSql;
        command.Parameters.AddWithValue("@id", id);
        command.Parameters.AddWithValue("@count", count);
        command.Parameters.AddWithValue("@branch", IFilledStore.OnBranch);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }
}

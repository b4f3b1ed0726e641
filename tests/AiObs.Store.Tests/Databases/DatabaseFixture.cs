using System.Globalization;
using AiObs.Store.Tests.Databases;
using AiObs.TestSupport.Databases;
using Npgsql;

[assembly: AssemblyFixture(typeof(DatabaseFixture))]

namespace AiObs.Store.Tests.Databases;

/// <summary>Gives tests databases. PostgreSQL is started when the first test asks for it; tests are skipped where none is installed.</summary>
public sealed class DatabaseFixture : IAsyncDisposable
{
    private readonly Lazy<Task<PostgreSqlServer>> _server = new(StartServerAsync);
    private int _schemaCount;

    /// <summary>Makes an empty database.</summary>
    public async Task<TestDatabase> CreateAsync(DatabaseKind kind) =>
        kind == DatabaseKind.Sqlite ? new SqliteTestDatabase() : await CreatePostgreSqlAsync();

    /// <summary>Makes an empty schema on the server that all tests share.</summary>
    public async Task<PostgreSqlTestDatabase> CreatePostgreSqlAsync()
    {
        SkipIfMissing();
        var schema = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _schemaCount)}");
        return await CreateSchemaAsync(await _server.Value, schema);
    }

    /// <summary>Makes a database of its own on that server, empty or as a copy of another one that nobody is connected to.</summary>
    public async Task<PostgreSqlTestDatabase> CopyPostgreSqlAsync(string name, string template = "template1")
    {
        SkipIfMissing();
        var server = await _server.Value;
        await ExecuteAsync(server, $"CREATE DATABASE {name} TEMPLATE {template}");
        return new PostgreSqlTestDatabase($"{server.ConnectionString};Database={name}");
    }

    /// <summary>Takes a database away.</summary>
    public async Task DropPostgreSqlAsync(string name) => await ExecuteAsync(await _server.Value, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            await using var server = await _server.Value;
        }
    }

    /// <summary>Starts a server for one test alone.</summary>
    internal static async Task<PostgreSqlServer> StartServerAsync()
    {
        SkipIfMissing();
        return await PostgreSqlServer.StartAsync(PostgreSqlBinaries.Find()!);
    }

    internal static async Task<PostgreSqlTestDatabase> CreateSchemaAsync(PostgreSqlServer server, string schema)
    {
        await ExecuteAsync(server, $"CREATE SCHEMA {schema}");
        return new PostgreSqlTestDatabase($"{server.ConnectionString};Search Path={schema}");
    }

    private static async Task ExecuteAsync(PostgreSqlServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static void SkipIfMissing() => Assert.SkipWhen(PostgreSqlBinaries.Find() is null, PostgreSqlBinaries.Missing);
}

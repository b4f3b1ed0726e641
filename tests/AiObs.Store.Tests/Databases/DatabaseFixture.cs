using System.Collections.Concurrent;
using System.Globalization;
using AiObs.Store.Tests.Databases;
using AiObs.TestSupport.Databases;
using Npgsql;

[assembly: AssemblyFixture(typeof(DatabaseFixture))]

namespace AiObs.Store.Tests.Databases;

/// <summary>Gives tests databases. PostgreSQL is started when the first test asks for it; tests are skipped where none is installed.</summary>
public sealed class DatabaseFixture : IAsyncDisposable
{
    /// <summary>How many schemas share a database. Each pool of connections first reads all types of its database, two for each table; a database for each test takes longer still.</summary>
    private const int SchemasPerDatabase = 20;

    private readonly Lazy<Task<PostgreSqlServer>> _server = new(StartServerAsync);
    private readonly ConcurrentDictionary<int, Lazy<Task<string>>> _shared = new();
    private int _schemaCount;

    /// <summary>Makes an empty database.</summary>
    public async Task<TestDatabase> CreateAsync(DatabaseKind kind) =>
        kind == DatabaseKind.Sqlite ? new SqliteTestDatabase() : await CreatePostgreSqlAsync();

    /// <summary>Makes an empty schema on the server that all tests share.</summary>
    public async Task<PostgreSqlTestDatabase> CreatePostgreSqlAsync()
    {
        SkipIfMissing();
        var number = Interlocked.Increment(ref _schemaCount);
        var database = _shared.GetOrAdd(number / SchemasPerDatabase, count => new(() => CreateDatabaseAsync(Name("tests", count))));
        return await CreateSchemaAsync(await database.Value, Name("test", number));
    }

    /// <summary>Makes a database of its own on that server, empty or as a copy of another one that nobody is connected to.</summary>
    public async Task<PostgreSqlTestDatabase> CopyPostgreSqlAsync(string name, string template = "template1")
    {
        SkipIfMissing();
        return new PostgreSqlTestDatabase(await CreateDatabaseAsync(name, template));
    }

    /// <summary>Takes a database away.</summary>
    public async Task DropPostgreSqlAsync(string name) => await ExecuteAsync((await _server.Value).ConnectionString, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

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

    internal static async Task<PostgreSqlTestDatabase> CreateSchemaAsync(string connectionString, string schema)
    {
        await ExecuteAsync(connectionString, $"CREATE SCHEMA {schema}");
        return new PostgreSqlTestDatabase($"{connectionString};Search Path={schema}");
    }

    private static string Name(string prefix, int number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}_{number}");

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private async Task<string> CreateDatabaseAsync(string name, string template = "template1")
    {
        var server = await _server.Value;
        await ExecuteAsync(server.ConnectionString, $"CREATE DATABASE {name} TEMPLATE {template}");
        return $"{server.ConnectionString};Database={name}";
    }

    private static void SkipIfMissing() => Assert.SkipWhen(PostgreSqlBinaries.Find() is null, PostgreSqlBinaries.Missing);
}

using System.Globalization;
using AiObs.Storage.Tests.Databases;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgreSqlFixture))]

namespace AiObs.Storage.Tests.Databases;

/// <summary>Gives tests a server, started when the first of them asks; they are skipped where none is installed.</summary>
public sealed class PostgreSqlFixture : IAsyncDisposable
{
    private readonly Lazy<Task<PostgreSqlServer>> _server = new(StartServerAsync);
    private int _schemaCount;

    /// <summary>Makes an empty schema. Skips the test where no PostgreSQL is installed.</summary>
    public async Task<PostgreSqlTestDatabase> CreateDatabaseAsync()
    {
        SkipIfMissing();
        var server = await _server.Value;
        var schema = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _schemaCount)}");
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand($"CREATE SCHEMA {schema}");
        await command.ExecuteNonQueryAsync();

        return new PostgreSqlTestDatabase($"{server.ConnectionString};Search Path={schema}");
    }

    /// <summary>Starts a server for one test alone. Skips the test where no PostgreSQL is installed.</summary>
    internal static async Task<PostgreSqlServer> StartServerAsync()
    {
        SkipIfMissing();
        return await PostgreSqlServer.StartAsync(PostgreSqlBinaries.Find()!);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            await using var server = await _server.Value;
        }
    }

    private static void SkipIfMissing() => Assert.SkipWhen(PostgreSqlBinaries.Find() is null, PostgreSqlBinaries.Missing);
}

using System.Globalization;
using AiObs.Conversations.Tests.Databases;
using AiObs.TestSupport.Databases;
using Npgsql;

[assembly: AssemblyFixture(typeof(StoreFixture))]

namespace AiObs.Conversations.Tests.Databases;

/// <summary>Gives tests stores. PostgreSQL is started when the first test asks for it; tests are skipped where none is installed.</summary>
public sealed class StoreFixture : IAsyncDisposable
{
    private readonly Lazy<Task<PostgreSqlServer>> _server = new(static () => PostgreSqlServer.StartAsync(PostgreSqlBinaries.Find()!));
    private int _count;

    /// <summary>Makes an empty store.</summary>
    internal async Task<TestStore> CreateAsync(StoreKind kind) => kind switch
    {
        StoreKind.Memory => TestStore.InMemory(),
        StoreKind.Sqlite => TestStore.InSqlite(),
        _ => TestStore.InPostgreSql(await CreateSchemaAsync()),
    };

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            await using var server = await _server.Value;
        }
    }

    private async Task<string> CreateSchemaAsync()
    {
        Assert.SkipWhen(PostgreSqlBinaries.Find() is null, PostgreSqlBinaries.Missing);
        var server = await _server.Value;
        var schema = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _count)}");
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE SCHEMA {schema}";
        await command.ExecuteNonQueryAsync();
        return $"{server.ConnectionString};Search Path={schema}";
    }
}

using Microsoft.Data.Sqlite;

namespace AiObs.Soak.Faults;

/// <summary>Another process holds the SQLite file for a while, so that nothing can be written to it.</summary>
internal sealed class SqliteLock(string connectionString) : IFault
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);

    public string Name => "SQLite lock";

    public async Task RunAsync()
    {
        await using var connection = new SqliteConnection($"{connectionString};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        await Task.Delay(Duration);
        command.CommandText = "ROLLBACK";
        await command.ExecuteNonQueryAsync();
    }
}

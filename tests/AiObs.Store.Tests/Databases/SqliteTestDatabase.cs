using System.Data.Common;
using System.Globalization;
using AiObs.Store.Sql;
using AiObs.Store.Sqlite;
using AiObs.TestSupport;
using Microsoft.Data.Sqlite;

namespace AiObs.Store.Tests.Databases;

/// <summary>Is a SQLite file of a test's own.</summary>
public sealed class SqliteTestDatabase(string? directory = null) : TestDatabase
{
    private readonly TemporaryDirectory? _directory = directory is null ? new() : null;

    public string Path => System.IO.Path.Combine(directory ?? _directory!.Path, "aiobs.db");

    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"Data Source={Path};Default Timeout={HangGuard.Seconds}");

    public override string[] ProcessArguments => ["sqlite", ConnectionString];

    public override async ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection($"{ConnectionString};Pooling=False");
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    public override async Task DropRulesAsync(CancellationToken cancellationToken)
    {
        var triggers = await QueryAsync("SELECT group_concat('DROP TRIGGER ' || name, '; ') FROM sqlite_master WHERE type = 'trigger'", cancellationToken);
        await ExecuteAsync(
            $"""
            BEGIN;
            {triggers};
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = replace(replace(sql, 'CHECK (', 'CHECK (1 OR '), ') STRICT', ')') WHERE type = 'table' AND name LIKE 'aiobs%';
            COMMIT;
            """,
            cancellationToken);
    }

    /// <summary>Returns the bytes of the database and of the files beside it, as whoever has the disk can read them.</summary>
    public IEnumerable<byte[]> ReadFiles()
    {
        foreach (var file in Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            yield return copy.ToArray();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory?.Dispose();
    }

    private protected override SqlDialect CreateDialect(TimeProvider clock) => new SqliteDialect(new SqliteFile(ConnectionString), clock);
}

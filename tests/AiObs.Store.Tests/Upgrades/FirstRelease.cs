using System.IO.Compression;
using System.Text.Json;
using AiObs.Store.Tests.Databases;

namespace AiObs.Store.Tests.Upgrades;

/// <summary>
/// Databases that the code of 0.1.0 made: a log with and without a key, with two writers, contents, an erasure and a checkpoint, and costs. They are data of
/// users, so nothing may ever need to change in them.
/// </summary>
internal static class FirstRelease
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Gets the key of the keyed logs.</summary>
    public static byte[] Key { get; } = [.. Enumerable.Range(0, 32).Select(static number => (byte)number)];

    /// <summary>Makes a copy.</summary>
    public static async Task<TestDatabase> CopyAsync(DatabaseFixture databases, DatabaseKind kind, bool isKeyed) =>
        kind == DatabaseKind.Sqlite ? await CopySqliteAsync(isKeyed) : await CopyPostgreSqlAsync(databases, isKeyed);

    /// <summary>Returns the anchors that a verification by 0.1.0 returned.</summary>
    public static async Task<IReadOnlyList<EventLogAnchor>> AnchorsAsync(DatabaseKind kind, bool isKeyed)
    {
        await using var file = Open(Name(kind, isKeyed) + ".anchors.json");
        return (await JsonSerializer.DeserializeAsync<List<EventLogAnchor>>(file, cancellationToken: Stop))!;
    }

    private static async Task<TestDatabase> CopySqliteAsync(bool isKeyed)
    {
        var database = new SqliteTestDatabase();
        await using var packed = new GZipStream(Open(Name(DatabaseKind.Sqlite, isKeyed) + ".db.gz"), CompressionMode.Decompress);
        await using var file = File.Create(database.Path);
        await packed.CopyToAsync(file, Stop);
        return database;
    }

    private static async Task<TestDatabase> CopyPostgreSqlAsync(DatabaseFixture databases, bool isKeyed)
    {
        var database = await databases.CreatePostgreSqlAsync();
        using var dump = new StreamReader(Open(Name(DatabaseKind.PostgreSql, isKeyed) + ".sql"));
        var sql = await dump.ReadToEndAsync(Stop);
        await database.ExecuteAsync(sql.Replace("public.", $"{database.Schema}.", StringComparison.Ordinal), Stop);
        return database;
    }

    private static string Name(DatabaseKind kind, bool isKeyed) => $"{(kind == DatabaseKind.Sqlite ? "sqlite" : "postgresql")}-{(isKeyed ? "keyed" : "plain")}";

    private static FileStream Open(string name) => File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Upgrades", "Data", name));
}

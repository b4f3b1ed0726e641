using AiObs.Store.Sql;
using AiObs.Store.Sql.Costs;
using AiObs.Store.Sql.Events;
using AiObs.Store.Sqlite;
using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Sql.Events;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Faults;

public sealed class ReadOnlyMediaTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task VerifyAsync_ReadOnlyMedia_ReadsAndVerifies()
    {
        await using var disk = await SmallDisk.MountAsync("8m");
        await using (var database = new SqliteTestDatabase(disk.Path))
        {
            await database.OpenLog().AppendAsync(EventSamples.Events(0, 10), Stop);
        }

        await disk.RemountAsync("ro");
        await using var opened = Open($"Data Source={disk.Path}/aiobs.db;Mode=ReadOnly");
        using var log = new SqlEventLog("test", opened, options: null, new SealedCosts(opened.Dialect));

        Assert.Equal(Enumerable.Range(0, 10), await LogReading.NumbersAsync(log));
        await LogReading.AssertIntactAsync(log);
        var refused = await Assert.ThrowsAsync<StoreException>(async () => await log.AppendAsync(EventSamples.Events(10, 1), Stop));
        Assert.StartsWith($"{disk.Path}/aiobs.db cannot be", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CountAsync_ReadOnlyMediaWithoutTheMode_NamesIt()
    {
        await using var disk = await SmallDisk.MountAsync("8m");
        await using (var database = new SqliteTestDatabase(disk.Path))
        {
            await database.OpenLog().AppendAsync(EventSamples.Events(0, 10), Stop);
        }

        await disk.RemountAsync("ro");
        await using var opened = Open($"Data Source={disk.Path}/aiobs.db");
        using var log = new SqlEventLog("test", opened, options: null, new SealedCosts(opened.Dialect));

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await log.CountAsync(EventQuery.All, Stop));

        Assert.Contains("\"Mode=ReadOnly\" reads it", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CountAsync_ReadOnlyMediaWithAPartInTheWriteAheadLog_SaysWhatToCopy()
    {
        await using var disk = await SmallDisk.MountAsync("8m");
        await using (var database = new SqliteTestDatabase())
        {
            await database.OpenLog().AppendAsync(EventSamples.Events(0, 10), Stop);
            File.Copy(database.Path, $"{disk.Path}/aiobs.db");
            File.Copy(database.Path + "-wal", $"{disk.Path}/aiobs.db-wal");
        }

        await disk.RemountAsync("ro");
        await using var opened = Open($"Data Source={disk.Path}/aiobs.db;Mode=ReadOnly");
        using var log = new SqlEventLog("test", opened, options: null, new SealedCosts(opened.Dialect));

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await log.CountAsync(EventQuery.All, Stop));

        Assert.EndsWith(
            "a part of it is in aiobs.db-wal, and nothing can be written beside it. Copy both to a directory that can be written to, and open them there.",
            refused.Message,
            StringComparison.Ordinal);
    }

    private static SqlDatabase Open(string connectionString) =>
        new(new SqliteDialect(new SqliteFile(connectionString), TimeProvider.System), TimeProvider.System);
}

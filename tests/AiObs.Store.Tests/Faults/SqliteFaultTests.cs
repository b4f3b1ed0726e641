using System.Globalization;
using AiObs.Cost;
using AiObs.Store.Sql;
using AiObs.Store.Sqlite;
using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Sql.Events;
using AiObs.StoreContracts;
using Microsoft.Data.Sqlite;

namespace AiObs.Store.Tests.Faults;

public sealed class SqliteFaultTests : IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task AppendAsync_DiskFull_SaysSoAndLosesNothing()
    {
        await using var database = _database.Open();
        using var log = SqlStoreRegistration.CreateLog("test", database, options: null);
        await log.AppendAsync(EventSamples.Events(0, 10), Stop);
        await LimitAsync(database, pages: 100);
        var first = 10;
        StoreException? refused = null;

        for (; refused is null && first < 10_000; first += 100)
        {
            refused = await Record.ExceptionAsync(async () => await log.AppendAsync(EventSamples.Events(first, 100), Stop)) as StoreException;
        }

        Assert.Contains("full", refused!.Message, StringComparison.Ordinal);
        Assert.Contains(_database.Path, refused.Message, StringComparison.Ordinal);
        var last = first - 100;
        Assert.Equal(Enumerable.Range(0, last), await LogReading.NumbersAsync(log));
        await LimitAsync(database, pages: 1_000_000);
        await log.AppendAsync(EventSamples.Events(last, 100), Stop);
        Assert.Equal(Enumerable.Range(0, first), await LogReading.NumbersAsync(log));
        await LogReading.AssertIntactAsync(log);
    }

    [Fact]
    public async Task AppendAsync_ReadOnly_SaysSoAndStillReads()
    {
        await _database.OpenLog().AppendAsync(EventSamples.Events(0, 3), Stop);
        await using var database = Open($"{_database.ConnectionString};Mode=ReadOnly");
        using var log = SqlStoreRegistration.CreateLog("test", database, options: null);

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await log.AppendAsync(EventSamples.Events(3, 1), Stop));

        Assert.Contains("write access", refused.Message, StringComparison.Ordinal);
        Assert.False(refused.IsTransient);
        Assert.Equal([0, 1, 2], await LogReading.NumbersAsync(log));
        await LogReading.AssertIntactAsync(log);
    }

    [Fact]
    public async Task AppendAsync_LockedByAnother_WaitsThenSaysSoThenGoesOn()
    {
        await _database.OpenLog().AppendAsync(EventSamples.Events(0, 3), Stop);
        await using var database = Open($"{_database.ConnectionString};Default Timeout=1");
        using var log = SqlStoreRegistration.CreateLog("test", database, options: null);
        await using (var other = (SqliteConnection)await _database.ConnectAsync(Stop))
        {
            await using var transaction = other.BeginTransaction(deferred: false);

            var refused = await Assert.ThrowsAsync<StoreException>(async () => await log.AppendAsync(EventSamples.Events(3, 1), Stop));

            Assert.Contains("locked by another connection for 1 s", refused.Message, StringComparison.Ordinal);
            Assert.True(refused.IsTransient);
            Assert.Equal([0, 1, 2], await LogReading.NumbersAsync(log));
        }

        await log.AppendAsync(EventSamples.Events(3, 1), Stop);
        Assert.Equal([0, 1, 2, 3], await LogReading.NumbersAsync(log));
    }

    [Fact]
    public async Task AppendAsync_CancelledWhileLocked_AppendsNothing()
    {
        using var cancellation = new CancellationTokenSource();
        var clock = new AskedClock();
        await using var database = new SqlDatabase(new SqliteDialect(new SqliteFile(_database.ConnectionString), clock), TimeProvider.System);
        using var log = SqlStoreRegistration.CreateLog("test", database, options: null);
        await log.AppendAsync(EventSamples.Events(0, 3), Stop);
        await using (var other = (SqliteConnection)await _database.ConnectAsync(Stop))
        {
            await using var transaction = other.BeginTransaction(deferred: false);

            // A writer asks only when it did not get the lock.
            clock.OnAsked = number => (number == 1 ? cancellation : null)?.Cancel();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await log.AppendAsync(EventSamples.Events(3, 1), cancellation.Token));
        }

        Assert.Equal([0, 1, 2], await LogReading.NumbersAsync(log));
        await log.AppendAsync(EventSamples.Events(3, 1), Stop);
        await LogReading.AssertIntactAsync(log);
    }

    [Fact]
    public async Task CountAsync_DirectoryMissing_NamesItAndWhatToDo()
    {
        var path = Path.Combine(Path.GetDirectoryName(_database.Path)!, "missing", "aiobs.db");
        await using var database = Open($"Data Source={path}");
        using var log = SqlStoreRegistration.CreateLog("test", database, options: null);

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await log.CountAsync(EventQuery.All, Stop));

        Assert.Contains($"the directory {Path.GetDirectoryName(path)} does not exist. Create it", refused.Message, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Assert.Equal(0, await log.CountAsync(EventQuery.All, Stop));
    }

    [Fact]
    public async Task CountAsync_NotADatabase_SaysSoAndLeavesTheFileAlone()
    {
        var text = string.Concat(Enumerable.Repeat("This is a letter. ", 1_000));
        await File.WriteAllTextAsync(_database.Path, text, Stop);

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await _database.OpenLog().AppendAsync(EventSamples.Events(0, 1), Stop));

        Assert.Contains("is damaged, or not a SQLite database", refused.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(_database.Path, Stop));
    }

    [Fact]
    public async Task VerifyAsync_FileDamaged_SaysSo()
    {
        await _database.OpenLog().AppendAsync(EventSamples.Events(0, 2_000), Stop);
        await _database.CloseAsync();
        await using (var file = File.OpenWrite(_database.Path))
        {
            file.Position = 8 * 4_096;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 100 * 4_096).ToArray(), Stop);
        }

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await _database.OpenLog().VerifyAsync(cancellationToken: Stop));

        Assert.Contains("damaged", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecordAsync_DiskFull_SaysSoAndKeepsWhatWasRecorded()
    {
        await using var database = _database.Open();
        var store = SqlStoreRegistration.CreateCosts("test", database, options: null);
        Assert.True(await store.RecordAsync(CostSamples.Call(0), Stop));
        await LimitAsync(database, pages: 60);
        var number = 0;

        var refused = await Assert.ThrowsAsync<StoreException>(async () =>
        {
            while (number < 5_000)
            {
                await store.RecordAsync(CostSamples.Call(++number), Stop);
            }
        });

        Assert.Contains("full", refused.Message, StringComparison.Ordinal);
        Assert.Equal(number, await store.CountAsync(CostQuery.All, Stop));
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=x;Mode=Memory;Cache=Shared")]
    [InlineData("Data Source=")]
    [InlineData("Mode=ReadWriteCreate")]
    public void UseSqlite_NoFile_SaysWhatToGive(string connectionString)
    {
        var refused = Assert.Throws<ArgumentException>(() => new SqliteFile(connectionString));

        Assert.Contains("Data Source=aiobs.db", refused.Message, StringComparison.Ordinal);
    }

    private static SqlDatabase Open(string connectionString) =>
        new(new SqliteDialect(new SqliteFile(connectionString), TimeProvider.System), TimeProvider.System);

    /// <summary>Makes the disk as large as the database may get, as far as the writer's connection is concerned.</summary>
    private static async Task LimitAsync(SqlDatabase database, int pages) => await database.WriteAsync(
        "events",
        async write =>
        {
            await write.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pages}"), Stop);
            return pages;
        },
        Stop);

    private sealed class AskedClock : TimeProvider
    {
        private Action<int>? _onAsked;
        private int _number;

        /// <summary>Sets what is told each time that somebody asks for the time, with its number from one.</summary>
        public Action<int> OnAsked
        {
            set => (_onAsked, _number) = (value, 0);
        }

        public override long GetTimestamp()
        {
            _onAsked?.Invoke(++_number);
            return base.GetTimestamp();
        }
    }
}

using AiObs.Cost;
using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Sql.Events;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Faults;

public sealed class LostFileTests : IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Path => _database.Path;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task AppendAsync_FileDeleted_SaysSoAndStartsAnew()
    {
        SkipOnWindows();
        var log = _database.OpenLog();
        await log.AppendAsync(EventSamples.Events(0, 10), Stop);
        Delete("", "-wal", "-shm");

        var refused = await RefusedAsync(log, 10);

        Assert.StartsWith($"{Path} was deleted, moved or replaced while it was open.", refused.Message, StringComparison.Ordinal);
        Assert.Contains("the log in it starts anew", refused.Message, StringComparison.Ordinal);
        Assert.True(refused.IsTransient);
        await log.AppendAsync(EventSamples.Events(10, 1), Stop);
        await using var other = new SqliteTestDatabase(System.IO.Path.GetDirectoryName(Path));
        Assert.Equal([10], await LogReading.NumbersAsync(other.OpenLog()));
        await LogReading.AssertIntactAsync(other.OpenLog());
        Assert.Equal([10], await LogReading.NumbersAsync(log));
        var fault = Assert.Single((await log.VerifyAsync(cancellationToken: Stop)).Faults);
        Assert.Equal(EventLogFaultKind.MissingWriter, fault.Kind);
    }

    [Fact]
    public async Task AppendAsync_FileMoved_LeavesAllThatWasAcknowledgedInIt()
    {
        SkipOnWindows();
        var log = _database.OpenLog();
        await log.AppendAsync(EventSamples.Events(0, 10), Stop);
        var moved = Directory.CreateDirectory(Path + ".moved").FullName;
        File.Move(Path, System.IO.Path.Combine(moved, "aiobs.db"));

        await RefusedAsync(log, 10);
        await log.AppendAsync(EventSamples.Events(11, 1), Stop);

        await using var other = new SqliteTestDatabase(moved);
        Assert.Equal(Enumerable.Range(0, 10), (await LogReading.NumbersAsync(other.OpenLog())).Order());
        await LogReading.AssertIntactAsync(other.OpenLog());
        Assert.Equal([11], await LogReading.NumbersAsync(log));
    }

    [Fact]
    public async Task AppendAsync_FileReplacedByABackup_GoesOnInTheBackup()
    {
        SkipOnWindows();
        await _database.OpenLog().AppendAsync(EventSamples.Events(0, 10), Stop);
        await _database.CloseAsync();
        File.Copy(Path, Path + ".backup");
        var log = _database.OpenLog();
        await log.AppendAsync(EventSamples.Events(10, 10), Stop);
        File.Move(Path + ".backup", Path, overwrite: true);

        await RefusedAsync(log, 20);
        await log.AppendAsync(EventSamples.Events(21, 1), Stop);

        await using var other = new SqliteTestDatabase(System.IO.Path.GetDirectoryName(Path));
        Assert.Equal([.. Enumerable.Range(0, 10), 21], await LogReading.NumbersAsync(other.OpenLog()));
        await LogReading.AssertIntactAsync(other.OpenLog());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public async Task AppendAsync_WriteAheadLogDeleted_SavesWhatWasInIt(int batchesBefore)
    {
        SkipOnWindows();
        var log = _database.OpenLog();
        await log.AppendAsync(EventSamples.Events(0, 10), Stop);
        for (var batch = 1; batch <= batchesBefore; batch++)
        {
            await log.AppendAsync(EventSamples.Events(batch * 10, 10), Stop);
        }

        var count = (batchesBefore + 1) * 10;
        Delete("-wal");

        var refused = await RefusedAsync(log, count);

        Assert.StartsWith($"The write-ahead log of {Path} was deleted, moved or replaced while it was open. What was acknowledged is safe", refused.Message, StringComparison.Ordinal);
        await log.AppendAsync(EventSamples.Events(count, 1), Stop);
        await using var other = new SqliteTestDatabase(System.IO.Path.GetDirectoryName(Path));
        Assert.Equal(Enumerable.Range(0, count + 1), await LogReading.NumbersAsync(other.OpenLog()));
        await LogReading.AssertIntactAsync(log);
    }

    [Fact]
    public async Task AppendAsync_WriteAheadLogReplaced_SavesWhatWasInIt()
    {
        SkipOnWindows();
        var log = _database.OpenLog();
        await log.AppendAsync(EventSamples.Events(0, 10), Stop);
        File.Copy(Path + "-wal", Path + ".copy");
        File.SetLastWriteTimeUtc(Path + ".copy", File.GetLastWriteTimeUtc(Path + "-wal"));
        File.Move(Path + ".copy", Path + "-wal", overwrite: true);

        // Until it is written to, the copy cannot be told from the log, and is as good.
        var refused = await RefusedAsync(log, 10);

        Assert.StartsWith("The write-ahead log of ", refused.Message, StringComparison.Ordinal);
        await log.AppendAsync(EventSamples.Events(10, 2), Stop);
        Assert.Equal(Enumerable.Range(0, 12), await LogReading.NumbersAsync(log));
        await LogReading.AssertIntactAsync(log);
    }

    [Fact]
    public async Task AppendAsync_WriteAheadLogDeletedUnderAReader_SaysThatItMayBeMissing()
    {
        SkipOnWindows();
        var log = _database.OpenLog();
        await log.AppendAsync(EventSamples.Events(0, 10), Stop);
        await using (await OpenReaderAsync())
        {
            await log.AppendAsync(EventSamples.Events(10, 10), Stop);
            Delete("-wal");

            var refused = await RefusedAsync(log, 20);

            Assert.Contains("It could not be taken over into the database, as somebody reads.", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task RecordAsync_FileDeleted_SaysSoAndStartsAnew()
    {
        SkipOnWindows();
        var costs = _database.OpenCosts();
        Assert.True(await costs.RecordAsync(CostSamples.Call(1), Stop));
        Delete("", "-wal", "-shm");

        await Assert.ThrowsAsync<StoreException>(async () => await costs.RecordAsync(CostSamples.Call(2), Stop));

        Assert.True(await costs.RecordAsync(CostSamples.Call(2), Stop));
        Assert.Equal(1, await costs.CountAsync(CostQuery.All, Stop));
    }

    [Fact]
    public async Task CountAsync_FileDeleted_SaysSoAndCountsWhatIsThere()
    {
        SkipOnWindows();
        await _database.OpenLog().AppendAsync(EventSamples.Events(0, 10), Stop);
        await _database.CloseAsync();
        var log = _database.OpenLog();
        Assert.Equal(10, await log.CountAsync(EventQuery.All, Stop));
        Delete("", "-wal", "-shm");

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await log.CountAsync(EventQuery.All, Stop));

        Assert.StartsWith($"{Path} was deleted, moved or replaced while it was open.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await log.CountAsync(EventQuery.All, Stop));
    }

    [Fact]
    public async Task AppendAsync_FileCutInHalfWhileOpen_SaysSo()
    {
        var log = _database.OpenLog();
        await log.AppendAsync(EventSamples.Events(0, 5_000), Stop);
        await log.WipeErasedAsync(Stop);
        await log.AppendAsync(EventSamples.Events(5_000, 10), Stop);
        Cut();

        Assert.StartsWith($"{Path} is damaged: its end is missing. Keep the file for examination", (await RefusedAsync(log, 6_000)).Message, StringComparison.Ordinal);

        // And it stays so, whoever opens it.
        Assert.Contains("is damaged", (await RefusedAsync(log, 6_000)).Message, StringComparison.Ordinal);
        await _database.CloseAsync();
        Assert.Contains("is damaged", (await RefusedAsync(_database.OpenLog(), 6_000)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AppendAsync_FileCutInHalfBeforeItIsOpened_SaysSo()
    {
        await _database.OpenLog().AppendAsync(EventSamples.Events(0, 5_000), Stop);
        await _database.CloseAsync();
        Cut();

        Assert.Contains("is damaged", (await RefusedAsync(_database.OpenLog(), 6_000)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AppendAsync_FileGotShorterByVacuum_GoesOn()
    {
        var log = _database.OpenLog();
        await log.AppendAsync(EventSamples.Events(0, 5_000), Stop);
        await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 10), Stop);
        var before = new FileInfo(Path).Length;
        await _database.ExecuteAsync("VACUUM", Stop);
        await log.AppendAsync(EventSamples.Events(5_000, 10), Stop);

        Assert.True((await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 12), Stop)).IsWiped);

        Assert.InRange(new FileInfo(Path).Length, 1, before / 2);
        await log.AppendAsync(EventSamples.Events(5_010, 10), Stop);
        await LogReading.AssertIntactAsync(log);
    }

    private static void SkipOnWindows() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets nobody take away a file that is open.");

    private static async Task<StoreException> RefusedAsync(IEventLog log, int number) =>
        await Assert.ThrowsAsync<StoreException>(async () => await log.AppendAsync(EventSamples.Events(number, 1), Stop));

    private async Task<IAsyncDisposable> OpenReaderAsync()
    {
        var reader = (Microsoft.Data.Sqlite.SqliteConnection)await _database.ConnectAsync(Stop);
        var view = reader.BeginTransaction(deferred: true);
        await using var command = reader.CreateCommand();
        command.CommandText = "SELECT count(*) FROM aiobs_events";
        command.Transaction = view;
        await command.ExecuteScalarAsync(Stop);
        return reader;
    }

    private void Delete(params string[] endings) => Array.ForEach(endings, ending => File.Delete(Path + ending));

    private void Cut()
    {
        using var file = new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.SetLength(file.Length / 2 / 4_096 * 4_096);
    }
}

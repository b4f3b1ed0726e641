using System.Text;
using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;
using AiObs.TestSupport;
using Microsoft.Data.Sqlite;

namespace AiObs.Store.Tests.Sql.Events;

public sealed class WipedFileTests : IAsyncDisposable
{
    private const string Canary = "nightingale";

    private readonly SqliteTestDatabase _database = new();
    private readonly TestClock _clock = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task EraseContentAsync_NobodyReads_IsWiped()
    {
        var log = await OpenLogAsync();

        Assert.Equal(new Erasure(40, IsWiped: true), await log.EraseContentAsync(EventQuery.All, "asked to", Stop));

        Assert.False(IsInTheFiles());
        Assert.False(_clock.TryAdvanceToNextTimer(TimeSpan.FromDays(1)));
    }

    [Fact]
    public async Task ApplyRetentionAsync_NobodyReads_IsWiped()
    {
        var log = await OpenLogAsync();

        Assert.Equal(new Erasure(40, IsWiped: true), await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 1), Stop));

        Assert.False(IsInTheFiles());
    }

    [Fact]
    public async Task EraseContentAsync_SomebodyReads_SaysThatItIsNotWiped()
    {
        var log = await OpenLogAsync();
        await using (await ReadAsync())
        {
            Assert.Equal(new Erasure(40, IsWiped: false), await log.EraseContentAsync(EventQuery.All, "asked to", Stop));
            Assert.Equal(new Erasure(0, IsWiped: false), await log.EraseContentAsync(EventQuery.All, "asked to", Stop));
            Assert.False(await log.WipeErasedAsync(Stop));
            Assert.True(IsInTheFiles());
        }

        Assert.Equal(new Erasure(0, IsWiped: true), await log.EraseContentAsync(EventQuery.All, "asked to", Stop));
        Assert.False(IsInTheFiles());
    }

    [Fact]
    public async Task ApplyRetentionAsync_SomebodyReads_SaysThatItIsNotWiped()
    {
        var log = await OpenLogAsync();
        await using (await ReadAsync())
        {
            Assert.Equal(new Erasure(40, IsWiped: false), await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 1), Stop));
        }

        Assert.True(await log.WipeErasedAsync(Stop));
        Assert.False(IsInTheFiles());
    }

    [Fact]
    public async Task EraseContentAsync_ReaderLeaves_IsFinishedByItself()
    {
        var log = await OpenLogAsync();
        await using (await ReadAsync())
        {
            await log.EraseContentAsync(EventQuery.All, "asked to", Stop);
            await LetItTryAgainAsync();
            await LetItTryAgainAsync();
            Assert.True(IsInTheFiles());
        }

        for (var change = _clock.TimerChange; IsInTheFiles(); change = _clock.TimerChange)
        {
            await AdvanceAsync(change);
        }

        await log.AppendAsync([EventSamples.Event(100)], Stop);
        Assert.False(_clock.TryAdvanceToNextTimer(TimeSpan.FromDays(1)));
    }

    [Fact]
    public async Task AppendAsync_ProcessKilledBeforeItWasWiped_WipesIt()
    {
        var log = await OpenLogAsync();
        await using var next = new SqliteTestDatabase();
        await using (await ReadAsync())
        {
            await log.EraseContentAsync(EventQuery.All, "asked to", Stop);

            // What a killed process leaves.
            File.Copy(_database.Path, next.Path);
            File.Copy(_database.Path + "-wal", next.Path + "-wal");
        }

        Assert.True(IsInTheFiles(next));

        await next.OpenLog().AppendAsync([EventSamples.Event(100)], Stop);

        Assert.False(IsInTheFiles(next));
        await LogReading.AssertIntactAsync(next.OpenLog());
    }

    [Fact]
    public async Task DisposeAsync_WipeIsPending_StopsTheTimer()
    {
        var log = await OpenLogAsync();
        await using (await ReadAsync())
        {
            await log.EraseContentAsync(EventQuery.All, "asked to", Stop);

            await _database.CloseAsync().WaitAsync(HangGuard.Limit, Stop);

            Assert.False(_clock.TryAdvanceToNextTimer(TimeSpan.FromDays(1)));
        }
    }

    private async Task<IEventLog> OpenLogAsync()
    {
        var log = _database.OpenLog(clock: _clock);
        await log.AppendAsync([.. Enumerable.Range(0, 40).Select(static number => EventSamples.Said(number, Canary))], Stop);
        return log;
    }

    /// <summary>Moves the clock to the next attempt, which the one before may still have to arrange.</summary>
    private async Task LetItTryAgainAsync()
    {
        for (var change = _clock.TimerChange; !await AdvanceAsync(change); change = _clock.TimerChange)
        {
            // It was arranged meanwhile.
        }
    }

    /// <summary>Moves the clock to the next attempt; where none is arranged, waits until one is, or one has ended.</summary>
    private async Task<bool> AdvanceAsync(Task timerChange)
    {
        if (_clock.TryAdvanceToNextTimer(TimeSpan.FromMinutes(2)))
        {
            return true;
        }

        await timerChange.WaitAsync(HangGuard.Limit, Stop);
        return false;
    }

    private async Task<SqliteConnection> ReadAsync()
    {
        var reader = (SqliteConnection)await _database.ConnectAsync(Stop);
        await using var command = reader.CreateCommand();
        command.Transaction = reader.BeginTransaction(deferred: true);
        command.CommandText = "SELECT count(*) FROM aiobs_events";
        Assert.Equal(40L, await command.ExecuteScalarAsync(Stop));
        return reader;
    }

    private bool IsInTheFiles(SqliteTestDatabase? database = null) =>
        (database ?? _database).ReadFiles().Any(static file => file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Canary)) >= 0);
}

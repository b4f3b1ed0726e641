using AiObs.Cost;
using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Sql.Events;
using AiObs.StoreContracts;
using AiObs.TestSupport;

namespace AiObs.Store.Tests.Faults;

public sealed class FullDiskTests(ITestOutputHelper output)
{
    private const int BatchSize = 50;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("300k")]
    [InlineData("700k")]
    [InlineData("1m")]
    public async Task AppendAsync_DiskFull_GoesOnWhenThereIsRoom(string size)
    {
        await using var disk = await SmallDisk.MountAsync(size);
        await using var database = new SqliteTestDatabase(disk.Path);
        var log = database.OpenLog();
        var refusals = 0;
        var next = await FillAsync(log, 0);
        while (refusals < 3)
        {
            // Each attempt on the full disk ends, and with the same words.
            var refused = await Assert.ThrowsAsync<StoreException>(async () => await AppendAsync(log, next));
            Assert.StartsWith("The disk that holds ", refused.Message, StringComparison.Ordinal);
            Assert.Contains("is full, or the database has reached its largest size. Make room; what was committed is safe.", refused.Message, StringComparison.Ordinal);
            refusals++;
        }

        await disk.RemountAsync("size=8m");
        await AppendAsync(log, next);

        Assert.Equal(Enumerable.Range(0, next + BatchSize), await LogReading.NumbersAsync(log));
        await LogReading.AssertIntactAsync(log);
        await database.CloseAsync().WaitAsync(HangGuard.Limit, Stop);
    }

    [Fact]
    public async Task AppendAsync_DiskFullAgainAndAgain_LosesNothingThatWasAcknowledged()
    {
        await using var disk = await SmallDisk.MountAsync("300k");
        await using var database = new SqliteTestDatabase(disk.Path);
        var log = database.OpenLog();
        var next = 0;

        // Beyond that, what the disk gets anew is less than SQLite needs to move its write-ahead log into the file.
        var rounds = Repeated.Times(ordinarily: 3, most: 20);
        for (var round = 1; round <= rounds; round++)
        {
            next = await FillAsync(log, next);
            await disk.RemountAsync($"size={300 + (round * 300)}k");
            await AppendAsync(log, next);
            next += BatchSize;
        }

        var numbers = await LogReading.NumbersAsync(log);
        output.WriteLine($"{rounds} times full, {next} events acknowledged, {Enumerable.Range(0, next).Except(numbers).Count()} of them lost");
        Assert.Equal(Enumerable.Range(0, next), numbers);
        await LogReading.AssertIntactAsync(log);
    }

    [Fact]
    public async Task DisposeAsync_DiskFull_Ends()
    {
        await using var disk = await SmallDisk.MountAsync("600k");
        await using var database = new SqliteTestDatabase(disk.Path);
        var next = await FillAsync(database.OpenLog(), 0);

        await database.CloseAsync().WaitAsync(HangGuard.Limit, Stop);

        await disk.RemountAsync("size=8m");
        var log = database.OpenLog();
        Assert.Equal(Enumerable.Range(0, next), await LogReading.NumbersAsync(log));
        await LogReading.AssertIntactAsync(log);
    }

    [Fact]
    public async Task AppendAsync_DiskFullFromTheStart_GoesOnWhenThereIsRoom()
    {
        await using var disk = await SmallDisk.MountAsync("8k");
        await using var database = new SqliteTestDatabase(disk.Path);
        var log = database.OpenLog();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await Assert.ThrowsAsync<StoreException>(async () => await AppendAsync(log, 0));
        }

        await disk.RemountAsync("size=8m");
        await AppendAsync(log, 0);

        Assert.Equal(Enumerable.Range(0, BatchSize), await LogReading.NumbersAsync(log));
        await LogReading.AssertIntactAsync(log);
    }

    [Fact]
    public async Task RecordAsync_DiskFull_GoesOnWhenThereIsRoom()
    {
        await using var disk = await SmallDisk.MountAsync("600k");
        await using var database = new SqliteTestDatabase(disk.Path);
        var costs = database.OpenCosts();
        var number = 0;

        var refused = await Assert.ThrowsAsync<StoreException>(async () =>
        {
            while (number < 10_000)
            {
                await costs.RecordAsync(CostSamples.Call(number + 1), Stop);
                number++;
            }
        });

        Assert.Contains("is full", refused.Message, StringComparison.Ordinal);
        await disk.RemountAsync("size=8m");
        Assert.True(await costs.RecordAsync(CostSamples.Call(number + 1), Stop));
        Assert.Equal(number + 1, await costs.CountAsync(CostQuery.All, Stop));
    }

    /// <summary>Appends until there is no room, and returns the number of the first event that was not acknowledged.</summary>
    private static async Task<int> FillAsync(IEventLog log, int first)
    {
        for (; first < 100_000; first += BatchSize)
        {
            if (await Record.ExceptionAsync(async () => await AppendAsync(log, first)) is { } refused)
            {
                Assert.IsType<StoreException>(refused);
                return first;
            }
        }

        throw new InvalidOperationException("The disk does not get full.");
    }

    private static ValueTask AppendAsync(IEventLog log, int first) => log.AppendAsync(EventSamples.Events(first, BatchSize), Stop);
}

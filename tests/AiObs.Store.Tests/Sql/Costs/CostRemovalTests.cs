using System.Globalization;
using System.Text;
using AiObs.Cost;
using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Processes;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Costs;

/// <summary>What erasures and retentions of costs leave verifies, and nothing of what they took is left.</summary>
public sealed class CostRemovalTests(DatabaseFixture databases)
{
    private const string User = "user-who-asks-to-be-forgotten";

    private static EventLogOptions Keyed => EraserProcess.Keyed;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task EraseIdsAsync_MoreThanAPage_IsIntactUnderTheAnchorsOfBefore(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var costs = await WriteAsync(database, 2_100);
        var log = database.OpenLog(Keyed);
        var before = await log.VerifyAsync(cancellationToken: Stop);

        var erased = await costs.EraseIdsAsync(new CostQuery { UserId = User }, Stop);

        var after = await log.VerifyAsync(before.Anchors, Stop);
        Assert.Empty(after.Faults);
        Assert.Equal(before.Anchors, after.Anchors);
        Assert.Equal((2_100, 2_100, 0), (erased.Count, after.ErasedCostCount, before.ErasedCostCount));
        Assert.Equal(2_101, after.CostCount);
        Assert.Single(await costs.SumByAsync(CostQuery.All, CostGrouping.User, Stop), static group => group.Key?.StartsWith("erased-", StringComparison.Ordinal) == true);
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task VerifyAsync_PseudonymChanged_IsFound(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var costs = await WriteAsync(database, 2);
        await costs.EraseIdsAsync(new CostQuery { UserId = User }, Stop);
        await database.DropRulesAsync(Stop);
        await database.ExecuteAsync("UPDATE aiobs_costs SET user_id = 'other' WHERE position = 1", Stop);

        var fault = Assert.Single((await database.OpenLog(Keyed).VerifyAsync(cancellationToken: Stop)).Faults);

        Assert.Equal(
            (EventLogFaultKind.CostMismatch, "The ids of 2 cost records are erased, and those are not the 2, or not the ids, that the erasures have left."),
            (fault.Kind, fault.Description));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task ApplyRetentionAsync_OldRecords_LeavesTheRestIntactUnderAnchors(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var costs = await WriteAsync(database, 4);
        await costs.EraseIdsAsync(new CostQuery { Before = CostSamples.Call(2).Time }, Stop);
        var log = database.OpenLog(Keyed);
        var before = await log.VerifyAsync(cancellationToken: Stop);

        var dropped = await costs.ApplyRetentionAsync(DateTimeOffset.UtcNow - CostSamples.Call(2).Time + TimeSpan.FromSeconds(30), Stop);
        Assert.True(await costs.RecordAsync(CostSamples.Call(20), Stop));

        var after = await log.VerifyAsync(before.Anchors, Stop);
        Assert.Empty(after.Faults);
        Assert.Equal((1, 5, 1, 1), (dropped.Count, after.CostCount, after.DroppedCostCount, after.ErasedCostCount));
        Assert.Equal(6, after.Anchors.Single(static anchor => anchor.Writer == "costs").Count);
        Assert.Equal(3L, Convert.ToInt64(await database.QueryAsync("SELECT count(*) FROM aiobs_cost_tags", Stop), CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task EraseIdsAsync_Sqlite_LeavesNoByteOfTheIds()
    {
        await using var database = new SqliteTestDatabase();
        var costs = await WriteAsync(database, 3);
        Assert.Contains(database.ReadFiles(), Has);

        var erased = await costs.EraseIdsAsync(new CostQuery { UserId = User }, Stop);

        Assert.Equal(new Erasure(3, IsWiped: true), erased);
        Assert.DoesNotContain(database.ReadFiles(), Has);
    }

    [Fact]
    public async Task EraseIdsAsync_SqliteProcessThatEndsBeforeTheWipe_IsFinishedByTheNextOne()
    {
        await using var database = new SqliteTestDatabase();
        var costs = await WriteAsync(database, 3);
        await using (var reader = await database.ConnectAsync(Stop))
        {
            await using var command = reader.CreateCommand();
            command.CommandText = "BEGIN; SELECT count(*) FROM aiobs_costs";
            await command.ExecuteScalarAsync(Stop);
            Assert.False((await costs.EraseIdsAsync(new CostQuery { UserId = User }, Stop)).IsWiped);
            Assert.Contains(database.ReadFiles(), Has);
            await database.CloseAsync();
        }

        Assert.True(await database.OpenCosts(options: Keyed).RecordAsync(CostSamples.Call(50), Stop));

        Assert.DoesNotContain(database.ReadFiles(), Has);
        Assert.Empty((await database.OpenLog(Keyed).VerifyAsync(cancellationToken: Stop)).Faults);
    }

    /// <summary>A process that is killed in an erasure has erased all or nothing, and either way the next erasure finishes.</summary>
    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task EraseIdsAsync_ProcessKilledInTheMiddle_IsAllOrNothingAndCanBeRepeated(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var costs = await WriteAsync(database, 1_500);
        var before = (await database.OpenLog(Keyed).VerifyAsync(cancellationToken: Stop)).Anchors;
        await database.CloseAsync();
        using (var eraser = new ChildEraser(database, User))
        {
            await eraser.WaitForBeginAsync(Stop);
            eraser.Kill();
        }

        costs = database.OpenCosts(options: Keyed);
        var erased = await costs.EraseIdsAsync(new CostQuery { UserId = User }, Stop);

        Assert.True(erased.Count is 0 or 1_500);
        Assert.Equal(0, await costs.CountAsync(new CostQuery { UserId = User }, Stop));
        var found = await database.OpenLog(Keyed).VerifyAsync(before, Stop);
        Assert.Empty(found.Faults);
        Assert.Equal(1_500, found.ErasedCostCount);
    }

    private static async Task<ICostStore> WriteAsync(TestDatabase database, int count)
    {
        var costs = database.OpenCosts(options: Keyed);
        await ((Cost.Ledger.ICostBatchStore)costs).RecordAllAsync(
            [
                .. Enumerable.Range(1, count).Select(static number => CostSamples.Call(number) with { UserId = User, ConversationId = $"c-{number % 7}", Tags = ["a"] }),
                CostSamples.Call(count + 1),
            ],
            Stop);
        return costs;
    }

    private static bool Has(byte[] file) => file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(User)) >= 0;
}

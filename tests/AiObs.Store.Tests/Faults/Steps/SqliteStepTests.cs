using AiObs.Store.Sql;
using AiObs.Store.Sql.Costs;
using AiObs.Store.Sql.Events;
using AiObs.Store.Sqlite;
using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;
using AiObs.TestSupport;

namespace AiObs.Store.Tests.Faults.Steps;

/// <summary>Lets every operation fail at each of its steps.</summary>
public sealed class SqliteStepTests(ITestOutputHelper output)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, FaultKind> Faults
    {
        get
        {
            var faults = new TheoryData<string, FaultKind>();
            foreach (var operation in Repeated.IsLong ? StoreStep.Names : ["append", "erase", "record"])
            {
                foreach (var kind in Enum.GetValues<FaultKind>())
                {
                    faults.Add(operation, kind);
                }
            }

            return faults;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Operation_FailsAtAnyStep_SaysSoLosesNothingAndGoesOn(string operation, FaultKind kind)
    {
        await using var template = new SqliteTestDatabase();
        await template.OpenLog().AppendAsync([.. Enumerable.Range(1, StoreStep.Before).Select(EventSamples.Full)], Stop);
        await template.OpenCosts().RecordAsync(CostSamples.Call(1) with { UserId = "user" }, Stop);
        await template.CloseAsync();

        var count = await RunAsync(template, operation, kind, failing: int.MaxValue);
        Assert.InRange(count, 3, 200);
        for (var step = 1; step <= count; step++)
        {
            await RunAsync(template, operation, kind, step);
        }

        output.WriteLine($"{operation}, {kind}: {count} steps");
    }

    /// <summary>Lets one step of an operation fail, and returns how many it took, with the closing of the database.</summary>
    private static async Task<int> RunAsync(SqliteTestDatabase template, string operation, FaultKind kind, int failing)
    {
        await using var database = new SqliteTestDatabase();
        File.Copy(template.Path, database.Path);
        var plan = new FaultPlan(database, kind, failing);
        var file = new SqliteFile($"{database.ConnectionString};Pooling=False", text => new FaultySqliteConnection(text, plan));
        var opened = new SqlDatabase(new SqliteDialect(file, TimeProvider.System), TimeProvider.System);
        using var log = new SqlEventLog("test", opened, options: null, new SealedCosts(opened.Dialect));
        var costs = new SqlCostStore("test", opened, options: null);

        var failure = await Record.ExceptionAsync(() => StoreStep.RunAsync(operation, log, costs, Stop).WaitAsync(HangGuard.Limit, Stop));
        var count = plan.Count;
        if (count >= failing)
        {
            plan.IsHealed = true;
            await StoreStep.AssertWellAsync(operation, failure, log, costs, Stop).WaitAsync(HangGuard.Limit, Stop);
            await opened.DisposeAsync().AsTask().WaitAsync(HangGuard.Limit, Stop);
            return count;
        }

        await Record.ExceptionAsync(() => opened.DisposeAsync().AsTask().WaitAsync(HangGuard.Limit, Stop));
        return plan.Count;
    }
}

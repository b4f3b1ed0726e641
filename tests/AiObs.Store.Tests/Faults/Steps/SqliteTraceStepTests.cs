using AiObs.Store.Sql;
using AiObs.Store.Sqlite;
using AiObs.Store.Tests.Databases;
using AiObs.TestSupport;

namespace AiObs.Store.Tests.Faults.Steps;

/// <summary>Lets every writing operation of a trace store fail at each of its steps.</summary>
public sealed class SqliteTraceStepTests(ITestOutputHelper output)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, FaultKind> Faults
    {
        get
        {
            var faults = new TheoryData<string, FaultKind>();
            foreach (var operation in Repeated.IsLong ? TraceStep.Names : ["append"])
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
    public async Task Operation_FailsAtAnyStep_SaysSoKeepsNothingHalfAndGoesOn(string operation, FaultKind kind)
    {
        await using var template = new SqliteTestDatabase();
        await template.OpenTraces().AppendAsync(TraceStep.Before, Stop);
        await template.CloseAsync();

        var count = await RunAsync(template, operation, kind, failing: int.MaxValue);
        Assert.InRange(count, 3, 300);

        // One row after the other is the same step again and again.
        var stride = Repeated.IsLong ? 1 : 7;
        for (var step = 1; step <= count; step += stride)
        {
            await RunAsync(template, operation, kind, step);
        }

        output.WriteLine($"{operation}, {kind}: {count} steps");
    }

    private static async Task<int> RunAsync(SqliteTestDatabase template, string operation, FaultKind kind, int failing)
    {
        await using var database = new SqliteTestDatabase();
        File.Copy(template.Path, database.Path);
        var plan = new FaultPlan(database, kind, failing);
        var file = new SqliteFile($"{database.ConnectionString};Pooling=False", text => new FaultySqliteConnection(text, plan));
        await using var opened = new SqlDatabase(new SqliteDialect(file, TimeProvider.System), TimeProvider.System);
        var store = SqlStoreRegistration.CreateTraces("test", opened);

        var failure = await Record.ExceptionAsync(() => TraceStep.RunAsync(operation, store, Stop).WaitAsync(HangGuard.Limit, Stop));
        var count = plan.Count;
        plan.IsHealed = true;
        await TraceStep.AssertWellAsync(operation, failure, store, Stop).WaitAsync(HangGuard.Limit, Stop);
        return count;
    }
}

using AiObs.Store.PostgreSql;
using AiObs.Store.Sql;
using AiObs.Store.Sql.Costs;
using AiObs.Store.Sql.Events;
using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;
using AiObs.TestSupport;
using Npgsql;

namespace AiObs.Store.Tests.Faults.Steps;

/// <summary>Cuts the connection at each question that an operation asks the server: before it gets there, and before the answer comes back.</summary>
public sealed class PostgreSqlStepTests(DatabaseFixture databases, ITestOutputHelper output)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, FaultKind> Faults
    {
        get
        {
            var faults = new TheoryData<string, FaultKind>();
            foreach (var operation in Repeated.IsLong ? StoreStep.Names : ["append"])
            {
                faults.Add(operation, FaultKind.NotDone);
                faults.Add(operation, FaultKind.Done);
                faults.Add(operation, FaultKind.AllFromThereOn);
            }

            return faults;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Operation_ConnectionGoneAtAnyStep_SaysSoLosesNothingAndGoesOn(string operation, FaultKind kind)
    {
        var count = await RunAsync(operation, kind, int.MaxValue);
        Assert.InRange(count, 3, 100);

        // Each step needs a schema of its own, which takes long; all of them are for whoever asks for it.
        var stride = Repeated.IsLong ? 1 : 3;
        for (var step = 1; step <= count; step += stride)
        {
            await RunAsync(operation, kind, step);
        }

        output.WriteLine($"{operation}, {kind}: {count} steps");
    }

    private async Task<int> RunAsync(string operation, FaultKind kind, int failing)
    {
        await using var database = await databases.CreatePostgreSqlAsync();
        await database.OpenLog().AppendAsync([.. Enumerable.Range(1, StoreStep.Before).Select(EventSamples.Full)], Stop);
        await database.OpenCosts().RecordAsync(CostSamples.Call(1) with { UserId = "user" }, Stop);
        var parsed = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var proxy = new FaultyProxy(parsed.Host!, kind, failing);
        (parsed.Host, parsed.Port, parsed.SslMode) = ("127.0.0.1", proxy.Port, SslMode.Disable);
        var opened = new SqlDatabase(new PostgreSqlDialect(PostgreSqlSource.Create(parsed.ConnectionString), ownsSource: true), TimeProvider.System);
        using var log = new SqlEventLog("test", opened, options: null, new SealedCosts(opened.Dialect));
        var costs = new SqlCostStore("test", opened, options: null);

        var failure = await Record.ExceptionAsync(() => StoreStep.RunAsync(operation, log, costs, Stop).WaitAsync(HangGuard.Limit, Stop));
        var count = proxy.Count;
        Assert.True(failure is null || failing <= count);
        proxy.IsHealed = true;
        await StoreStep.AssertWellAsync(operation, failure, log, costs, Stop).WaitAsync(HangGuard.Limit, Stop);
        await opened.DisposeAsync().AsTask().WaitAsync(HangGuard.Limit, Stop);
        return count;
    }
}

using AiObs.Store.Sql;
using AiObs.Store.Sqlite;
using AiObs.Store.Tests.Databases;
using AiObs.TestSupport;

namespace AiObs.Store.Tests.Faults.Steps;

/// <summary>Lets every operation of a conversation store fail at each of its steps.</summary>
public sealed class SqliteConversationStepTests(ITestOutputHelper output)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, FaultKind> Faults
    {
        get
        {
            var faults = new TheoryData<string, FaultKind>();
            foreach (var operation in Repeated.IsLong ? ConversationStep.Names : ["append", "erase"])
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
        await ConversationStep.PrepareAsync(template.OpenConversations().Store, Stop);
        await template.CloseAsync();

        var count = await RunAsync(template, operation, kind, failing: int.MaxValue);
        Assert.InRange(count, 3, 300);

        for (var step = 1; step <= count; step++)
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
        using var log = SqlStoreRegistration.CreateLog("test", opened, options: null);
        await using var store = SqlStoreRegistration.CreateConversations("test", opened, log);

        var failure = await Record.ExceptionAsync(() => ConversationStep.RunAsync(operation, store, Stop).WaitAsync(HangGuard.Limit, Stop));
        var count = plan.Count;
        plan.IsHealed = true;
        await ConversationStep.AssertWellAsync(operation, failure, store, log, Stop).WaitAsync(HangGuard.Limit, Stop);
        return count;
    }
}

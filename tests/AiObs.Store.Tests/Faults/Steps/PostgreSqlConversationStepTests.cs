using AiObs.Store.PostgreSql;
using AiObs.Store.Sql;
using AiObs.Store.Tests.Databases;
using AiObs.TestSupport;
using Npgsql;

namespace AiObs.Store.Tests.Faults.Steps;

/// <summary>Cuts the connection at each question that an operation of a conversation store asks the server.</summary>
public sealed class PostgreSqlConversationStepTests(DatabaseFixture databases, ITestOutputHelper output)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, FaultKind> Faults
    {
        get
        {
            var faults = new TheoryData<string, FaultKind>();
            foreach (var operation in Repeated.IsLong ? ConversationStep.Names : ["append"])
            {
                faults.Add(operation, FaultKind.NotDone);
                faults.Add(operation, FaultKind.Done);
                if (Repeated.IsLong)
                {
                    faults.Add(operation, FaultKind.AllFromThereOn);
                }
            }

            return faults;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Operation_ConnectionGoneAtAnyStep_SaysSoKeepsNothingHalfAndGoesOn(string operation, FaultKind kind)
    {
        var count = await RunAsync(operation, kind, int.MaxValue);
        Assert.InRange(count, 3, 100);

        // Each step needs a schema of its own, which takes long; all of them are for whoever asks for it.
        var stride = Repeated.IsLong ? 1 : 4;
        for (var step = 1; step <= count; step += stride)
        {
            await RunAsync(operation, kind, step);
        }

        output.WriteLine($"{operation}, {kind}: {count} steps");
    }

    private async Task<int> RunAsync(string operation, FaultKind kind, int failing)
    {
        await using var database = await databases.CreatePostgreSqlAsync();
        await ConversationStep.PrepareAsync(database.OpenConversations().Store, Stop);
        await database.CloseAsync();
        var parsed = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var proxy = new FaultyProxy(parsed.Host!, kind, failing);
        (parsed.Host, parsed.Port, parsed.SslMode) = ("127.0.0.1", proxy.Port, SslMode.Disable);
        await using var opened = new SqlDatabase(new PostgreSqlDialect(PostgreSqlSource.Create(parsed.ConnectionString), ownsSource: true), TimeProvider.System);
        using var log = SqlStoreRegistration.CreateLog("test", opened, options: null);
        await using var store = SqlStoreRegistration.CreateConversations("test", opened, log);

        var failure = await Record.ExceptionAsync(() => ConversationStep.RunAsync(operation, store, Stop).WaitAsync(HangGuard.Limit, Stop));
        var count = proxy.Count;
        proxy.IsHealed = true;
        await ConversationStep.AssertWellAsync(operation, failure, store, log, Stop).WaitAsync(HangGuard.Limit, Stop);
        return count;
    }
}

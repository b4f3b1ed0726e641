using System.Collections.Concurrent;
using AiObs.Store.PostgreSql;
using AiObs.Store.Sql;
using AiObs.Store.Sql.Costs;
using AiObs.Store.Sql.Events;
using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Sql.Events;
using AiObs.StoreContracts;
using Npgsql;

namespace AiObs.Store.Tests.Faults;

public sealed class PostgreSqlFaultTests(DatabaseFixture databases, ITestOutputHelper output)
{
    private const string LockedOut = "locked-out";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AppendAsync_ServerRestartedUnderLoad_LosesNothingThatWasAcknowledged()
    {
        await using var server = await DatabaseFixture.StartServerAsync();
        await using var database = await DatabaseFixture.CreateSchemaAsync(server.ConnectionString, "log");
        var acknowledged = new ConcurrentQueue<int>();
        using var enough = new SemaphoreSlim(0);
        using var done = new CancellationTokenSource();
        var writers = Enumerable.Range(1, 4).Select(writer => Task.Run(
            () => AppendAsync(database.OpenLog(), writer * 1_000_000, acknowledged, enough, done.Token), Stop)).ToList();

        var rounds = Repeated.Times(ordinarily: 2);
        for (var round = 0; round < rounds; round++)
        {
            await WaitForBatchesAsync(enough, 20);
            await server.CrashAndRestartAsync();
        }

        await WaitForBatchesAsync(enough, 20);
        await done.CancelAsync();
        await Task.WhenAll(writers);

        var log = database.OpenLog();
        var numbers = await LogReading.NumbersAsync(log);
        var lost = acknowledged.Except(numbers).Count();
        output.WriteLine($"{rounds} restarts, {acknowledged.Count} events acknowledged, {lost} of them lost");
        Assert.Equal(0, lost);
        Assert.Equal(numbers.Distinct(), numbers);
        await LogReading.AssertIntactAsync(log);
    }

    [Fact]
    public async Task AppendAsync_SomebodyHoldsTheLock_SaysSoAndGoesOn()
    {
        await using var test = await databases.CreatePostgreSqlAsync();
        await using var database = Open($"{test.ConnectionString};Command Timeout=1");
        using var log = new SqlEventLog("test", database, options: null, new SealedCosts(database.Dialect));
        await log.AppendAsync(EventSamples.Events(0, 1), Stop);
        await using var other = test.Open();
        await other.WriteAsync(
            "events",
            async _ =>
            {
                var refused = await Assert.ThrowsAsync<StoreException>(async () => await log.AppendAsync(EventSamples.Events(1, 1), Stop));
                Assert.StartsWith($"Another connection to database {new NpgsqlConnectionStringBuilder(test.ConnectionString).Database} on ", refused.Message, StringComparison.Ordinal);
                Assert.Contains("has kept the lock of the log for longer than \"Command Timeout\". Find it in pg_locks", refused.Message, StringComparison.Ordinal);
                Assert.True(refused.IsTransient);
                return 0;
            },
            Stop);

        await log.AppendAsync(EventSamples.Events(1, 1), Stop);
        Assert.Equal([0, 1], await LogReading.NumbersAsync(log));
        await LogReading.AssertIntactAsync(log);
    }

    [Fact]
    public async Task AppendAsync_ServerUnreachable_SaysWhereAndWhatToDo()
    {
        await using var database = Open("Host=/nowhere;Username=aiobs;Database=audit;Password=secret");
        using var log = SqlStoreRegistration.CreateLog("test", database, options: null);

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await log.AppendAsync(EventSamples.Events(0, 1), Stop));

        Assert.StartsWith("The connection to database audit on /nowhere:5432 failed.", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AppendAsync_DatabaseMissing_SaysSo()
    {
        await using var test = await databases.CreatePostgreSqlAsync();
        await using var database = Open($"{test.ConnectionString};Database=missing");
        using var log = SqlStoreRegistration.CreateLog("test", database, options: null);

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await log.CountAsync(EventQuery.All, Stop));

        Assert.StartsWith("There is no database missing on ", refused.Message, StringComparison.Ordinal);
        Assert.False(refused.IsTransient);
    }

    [Fact]
    public async Task AppendAsync_UserWithoutRights_SaysWhichItNeeds()
    {
        await using var test = await databases.CreatePostgreSqlAsync();
        await test.ExecuteAsync("DO $$ BEGIN CREATE ROLE visitor LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$", Stop);
        var schema = new NpgsqlConnectionStringBuilder(test.ConnectionString).SearchPath;
        await test.ExecuteAsync($"GRANT USAGE ON SCHEMA {schema} TO visitor", Stop);
        await using var database = Open($"{test.ConnectionString};Username=visitor");
        using var log = SqlStoreRegistration.CreateLog("test", database, options: null);

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await log.AppendAsync(EventSamples.Events(0, 1), Stop));

        Assert.Contains("needs CREATE on the schema", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AppendAsync_UserWithTheRightsNamed_Appends()
    {
        await using var test = await databases.CreatePostgreSqlAsync();
        await test.OpenLog().AppendAsync(EventSamples.Events(0, 1), Stop);
        var schema = new NpgsqlConnectionStringBuilder(test.ConnectionString).SearchPath;
        await test.ExecuteAsync(
            $"DO $$ BEGIN CREATE ROLE clerk LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$; GRANT USAGE ON SCHEMA {schema} TO clerk; "
            + $"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO clerk", Stop);
        await using var database = Open($"{test.ConnectionString};Username=clerk");
        using var log = SqlStoreRegistration.CreateLog("test", database, options: null);

        await log.AppendAsync([EventSamples.Full(1)], Stop);
        await log.EraseContentAsync(EventQuery.All, "asked to", Stop);
        await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 2), Stop);

        await LogReading.AssertIntactAsync(log);
    }

    [Fact]
    public async Task AppendAsync_CancelledWhileAnotherWrites_AppendsNothing()
    {
        await using var test = await databases.CreatePostgreSqlAsync();
        await using var database = Open($"{test.ConnectionString};Application Name={LockedOut}");
        using var log = SqlStoreRegistration.CreateLog("test", database, options: null);
        await log.AppendAsync(EventSamples.Events(0, 1), Stop);
        await using var other = test.Open();
        using var cancellation = new CancellationTokenSource();
        await other.WriteAsync(
            "events",
            async _ =>
            {
                var waiting = log.AppendAsync(EventSamples.Events(1, 1), cancellation.Token).AsTask();
                await WaitUntilLockedOutAsync(test, waiting);
                await cancellation.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
                return 0;
            },
            Stop);

        Assert.Equal([0], await LogReading.NumbersAsync(log));
        await log.AppendAsync(EventSamples.Events(1, 1), Stop);
        await LogReading.AssertIntactAsync(log);
    }

    private static SqlDatabase Open(string connectionString) =>
        new(new PostgreSqlDialect(NpgsqlDataSource.Create(connectionString), ownsSource: true), TimeProvider.System);

    /// <summary>Waits until the server says that the connection of this name waits for a lock; when the append ends before, the test says so.</summary>
    private static async Task WaitUntilLockedOutAsync(PostgreSqlTestDatabase test, Task append)
    {
        await using var connection = await test.ConnectAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{LockedOut}' AND wait_event_type = 'Lock'";
        while (!append.IsCompleted && await command.ExecuteScalarAsync(Stop) is 0L)
        {
            await Task.Yield();
        }
    }

    /// <summary>Appends until it is told to stop; a batch that failed is tried again, as a dispatcher does.</summary>
    private static async Task AppendAsync(
        IEventLog log, int first, ConcurrentQueue<int> acknowledged, SemaphoreSlim batches, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            var numbers = Enumerable.Range(first, 20).ToArray();
            var failure = await Record.ExceptionAsync(async () => await log.AppendAsync([.. numbers.Select(EventSamples.Full)], Stop));
            if (failure is null)
            {
                Array.ForEach(numbers, acknowledged.Enqueue);
                batches.Release();
                first += 20;
            }
            else
            {
                Assert.IsType<StoreException>(failure);
            }
        }
    }

    private static async Task WaitForBatchesAsync(SemaphoreSlim batches, int count)
    {
        while (count-- > 0)
        {
            await batches.WaitAsync(Stop);
        }
    }
}

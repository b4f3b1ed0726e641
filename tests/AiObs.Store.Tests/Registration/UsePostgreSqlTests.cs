using AiObs.Cost;
using AiObs.Store.PostgreSql;
using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Sql.Events;
using AiObs.StoreContracts;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AiObs.Store.Tests.Registration;

public sealed class UsePostgreSqlTests(DatabaseFixture databases)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UsePostgreSql_ConnectionString_KeepsEventsAndCosts()
    {
        await using var database = await databases.CreatePostgreSqlAsync();
        await using (var provider = Provide(builder => builder.AddStore(s => s.UsePostgreSql(database.ConnectionString))))
        {
            await provider.GetRequiredService<AgentObservability>().Events.TrackAsync(EventSamples.Event(1), Stop);
            Assert.True(await provider.GetRequiredService<ICostStore>().RecordAsync(CostSamples.Call(1), Stop));
        }

        Assert.Equal([1], await LogReading.NumbersAsync(database.OpenLog()));
        Assert.Equal(1, await database.OpenCosts().CountAsync(CostQuery.All, Stop));
    }

    [Fact]
    public async Task UsePostgreSql_DataSource_StaysTheApplications()
    {
        await using var database = await databases.CreatePostgreSqlAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using (var provider = Provide(builder => builder.AddStore(s => s.UsePostgreSql(source))))
        {
            await provider.GetRequiredService<IEventLog>().AppendAsync(EventSamples.Events(0, 2), Stop);
        }

        await using var command = source.CreateCommand("SELECT count(*) FROM aiobs_events");
        Assert.Equal(2L, await command.ExecuteScalarAsync(Stop));
    }

    [Fact]
    public async Task UsePostgreSql_DataSourceAfterTheEnd_IsNotAsked()
    {
        await using var database = await databases.CreatePostgreSqlAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        IEventLog log;
        ICostStore costs;
        await using (var provider = Provide(builder => builder.AddStore(s => s.UsePostgreSql(source))))
        {
            (log, costs) = (provider.GetRequiredService<IEventLog>(), provider.GetRequiredService<ICostStore>());
            await log.AppendAsync(EventSamples.Events(0, 2), Stop);
            Assert.Equal(2, await log.CountAsync(EventQuery.All, Stop));
            Assert.Equal(0, await costs.CountAsync(CostQuery.All, Stop));
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await log.CountAsync(EventQuery.All, Stop));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await costs.CountAsync(CostQuery.All, Stop));
    }

    [Theory]
    [InlineData("Host=a", 80)]
    [InlineData("Host=a;Max Auto Prepare=0", 0)]
    [InlineData("Host=a;MaxAutoPrepare=7", 7)]
    public async Task UsePostgreSql_ConnectionString_PreparesUnlessItSaysOtherwise(string connectionString, int expected)
    {
        await using var source = PostgreSqlSource.Create(connectionString);

        Assert.Equal(expected, new NpgsqlConnectionStringBuilder(source.ConnectionString).MaxAutoPrepare);
    }

    [Theory]
    [InlineData("Host=a", true)]
    [InlineData("Host=a;No Reset On Close=false", false)]
    [InlineData("Host=a;NoResetOnClose=false", false)]
    public async Task UsePostgreSql_ConnectionString_LeavesConnectionsAsTheyAreUnlessItSaysOtherwise(string connectionString, bool expected)
    {
        await using var source = PostgreSqlSource.Create(connectionString);

        Assert.Equal(expected, new NpgsqlConnectionStringBuilder(source.ConnectionString).NoResetOnClose);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Host=a;NoSuchWord=b")]
    public void UsePostgreSql_MalformedConnectionString_Throws(string connectionString) => Assert.Throws<ArgumentException>(
        () => Provide(builder => builder.AddStore(s => s.UsePostgreSql(connectionString))));

    private static ServiceProvider Provide(Action<AgentObservabilityBuilder> configure)
    {
        var services = new ServiceCollection();
        configure(services.AddAgentObservability().ConfigureEvents(static options => options.ShutdownTimeout = HangGuard.Limit));
        return services.BuildServiceProvider();
    }
}

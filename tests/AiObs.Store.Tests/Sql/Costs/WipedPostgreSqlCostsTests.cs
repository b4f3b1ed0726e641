using AiObs.Cost;
using AiObs.Store.Tests.Sql.Events;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Costs;

/// <summary>Has a server of its own: a transaction anywhere in a database keeps old rows in all of its tables.</summary>
public sealed class WipedPostgreSqlCostsTests(WipedPostgreSqlTests.OwnServer server) : IClassFixture<WipedPostgreSqlTests.OwnServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WipeErasedAsync_StoreOfCostsAlone_WritesItsTablesAnew()
    {
        await using var database = await server.CreateAsync();
        var costs = database.OpenCosts();
        await costs.RecordAsync(CostSamples.Call(1) with { UserId = "u-17" }, Stop);
        Assert.Equal(new Erasure(1, IsWiped: false), await costs.EraseIdsAsync(new CostQuery { UserId = "u-17" }, Stop));
        var before = await database.QueryAsync("SELECT pg_relation_filenode('aiobs_costs')", Stop);

        Assert.True(await costs.WipeErasedAsync(Stop));

        Assert.NotEqual(before, await database.QueryAsync("SELECT pg_relation_filenode('aiobs_costs')", Stop));
        Assert.Equal(1, await costs.CountAsync(CostQuery.All, Stop));
    }
}

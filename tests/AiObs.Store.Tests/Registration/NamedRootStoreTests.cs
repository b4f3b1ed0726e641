using AiObs.Cost;
using AiObs.Store.Tests.Databases;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Store.Tests.Registration;

/// <summary>Several roots with names in one container, each with a SQLite file of its own for events and costs.</summary>
public sealed class NamedRootStoreTests : IAsyncDisposable
{
    private readonly SqliteTestDatabase _one = new();
    private readonly SqliteTestDatabase _two = new();
    private readonly string _name = $"tenant-{Guid.NewGuid():N}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Fact]
    public async Task AddStore_OnRootsWithNames_KeepsInTheFileOfEachWhatIsItsOwn()
    {
        var services = new ServiceCollection();
        Add(services, "a", _one);
        Add(services, "b", _two);
        await using (var provider = services.BuildServiceProvider())
        {
            await AskAsync(provider, "a", "ann");
            await AskAsync(provider, "b", "bob");
            await AskAsync(provider, "b", "bob");

            Assert.Equal((["ann"], ["bob", "bob"]), (await UsersAsync(provider, "a"), await UsersAsync(provider, "b")), Same);
            Assert.Null(provider.GetService<IEventLog>());
        }

        // What is in a file is there for whoever opens it next.
        var again = new ServiceCollection();
        Add(again, "b", _one);
        Add(again, "a", _two);
        await using var swapped = again.BuildServiceProvider();
        Assert.Equal((["bob", "bob"], ["ann"]), (await UsersAsync(swapped, "a"), await UsersAsync(swapped, "b")), Same);
        // Three events of each call: what was asked, answered and paid.
        Assert.Equal((6, 3), (await CountAsync(swapped, "a"), await CountAsync(swapped, "b")));
    }

    private static bool Same((string?[] One, string?[] Two) expected, (string?[] One, string?[] Two) actual) =>
        expected.One.SequenceEqual(actual.One) && expected.Two.SequenceEqual(actual.Two);

    private void Add(ServiceCollection services, string tenant, SqliteTestDatabase database) => services.AddAgentObservability(
        $"{_name}-{tenant}",
        (root, _) => root
            .ConfigureEvents(static options => options.ShutdownTimeout = HangGuard.Limit)
            .AddCostTracking()
            .AddStore(store => store.UseSqlite(database.ConnectionString)));

    private IServiceProvider ServicesOf(IServiceProvider provider, string tenant) => provider.GetRequiredKeyedService<IServiceProvider>($"{_name}-{tenant}");

    private async Task AskAsync(IServiceProvider provider, string tenant, string user)
    {
        using var client = new StubChatClient().UseAgentObservability(provider.GetRequiredKeyedService<AgentObservability>($"{_name}-{tenant}"));
        using var scope = AgentContext.Begin(userId: user);
        await client.GetResponseAsync("Hi", cancellationToken: Stop);
    }

    private async Task<string?[]> UsersAsync(IServiceProvider provider, string tenant)
    {
        var costs = ServicesOf(provider, tenant).GetRequiredService<AgentObservability>().Costs!;
        await costs.FlushAsync(Stop);
        return [.. (await costs.Store.ListAsync(CostQuery.All, Stop)).Records.Select(static record => record.UserId)];
    }

    private async Task<long> CountAsync(IServiceProvider provider, string tenant) =>
        await ServicesOf(provider, tenant).GetRequiredService<IEventLog>().CountAsync(EventQuery.All, Stop);
}

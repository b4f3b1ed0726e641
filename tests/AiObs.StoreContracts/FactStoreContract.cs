using AiObs.Store;

namespace AiObs.StoreContracts;

/// <summary>What every <see cref="IFactStore"/> does. A test class derives from it for each implementation.</summary>
public abstract partial class FactStoreContract
{
    private const string Tenant = "acme";
    private const string User = "ada";
    private const string Conversation = "c-1";

    private static readonly DateTimeOffset Start = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Makes an empty store for one test.</summary>
    protected abstract ValueTask<IFactStore> CreateStoreAsync();

    private static FactQuery Query { get; } = new() { Tenant = Tenant, UserId = User };

    private static FactCommit Commit(long version, params Fact[] saved) => new()
    {
        Tenant = Tenant,
        UserId = User,
        At = Start.AddMinutes(version),
        ExpectedVersion = version,
        Saved = saved,
    };

    private static Fact Fact(string id, string key, string value) => new() { Id = id, Key = key, Value = value, CreatedAt = default };

    private static async Task<string[]> ReadAsync(IFactStore store, FactQuery query) =>
        [.. (await store.ReadFactsAsync(query, Stop)).Facts.Select(static fact => $"{fact.Key}={fact.Value ?? "(erased)"}")];

    private static async Task<IFactStore> CommittedAsync(IFactStore store, params FactCommit[] commits)
    {
        foreach (var commit in commits)
        {
            await store.CommitFactsAsync(commit, Stop);
        }

        return store;
    }
}

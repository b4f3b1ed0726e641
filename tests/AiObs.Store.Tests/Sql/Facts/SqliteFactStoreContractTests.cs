using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Facts;

public sealed class SqliteFactStoreContractTests : FactStoreContract, IAsyncDisposable
{
    private readonly List<SqliteTestDatabase> _databases = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases)
        {
            await database.DisposeAsync();
        }
    }

    protected override ValueTask<IFactStore> CreateStoreAsync()
    {
        _databases.Add(new());
        return new((IFactStore)_databases[^1].OpenConversations().Store);
    }
}

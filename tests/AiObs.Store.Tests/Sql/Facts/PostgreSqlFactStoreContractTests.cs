using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Facts;

public sealed class PostgreSqlFactStoreContractTests(DatabaseFixture databases) : FactStoreContract, IAsyncDisposable
{
    private readonly List<PostgreSqlTestDatabase> _databases = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases)
        {
            await database.DisposeAsync();
        }
    }

    protected override async ValueTask<IFactStore> CreateStoreAsync()
    {
        _databases.Add(await databases.CreatePostgreSqlAsync());
        return _databases[^1].OpenConversations().Store;
    }
}

using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Conversations;

public sealed class PostgreSqlConversationStoreContractTests(DatabaseFixture databases) : ConversationStoreContract, IAsyncDisposable
{
    private PostgreSqlTestDatabase? _database;

    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async ValueTask<IConversationStore> CreateStoreAsync()
    {
        _database = await databases.CreatePostgreSqlAsync();
        return _database.OpenConversations().Store;
    }
}

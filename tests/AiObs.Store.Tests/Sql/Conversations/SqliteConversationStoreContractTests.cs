using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Conversations;

public sealed class SqliteConversationStoreContractTests : ConversationStoreContract, IAsyncDisposable
{
    private readonly List<SqliteTestDatabase> _databases = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases)
        {
            await database.DisposeAsync();
        }
    }

    protected override ValueTask<IConversationStore> CreateStoreAsync()
    {
        _databases.Add(new());
        return new(_databases[^1].OpenConversations().Store);
    }
}

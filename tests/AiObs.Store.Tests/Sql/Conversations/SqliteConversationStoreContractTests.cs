using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Conversations;

public sealed class SqliteConversationStoreContractTests : ConversationStoreContract, IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    protected override ValueTask<IConversationStore> CreateStoreAsync() => new(_database.OpenConversations().Store);
}

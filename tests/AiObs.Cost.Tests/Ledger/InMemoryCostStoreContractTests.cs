using AiObs.StoreContracts;

namespace AiObs.Cost.Tests.Ledger;

public sealed class InMemoryCostStoreContractTests : CostStoreContract
{
    protected override ValueTask<ICostStore> CreateStoreAsync() => new(new InMemoryCostStore());
}

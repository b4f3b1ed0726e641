using AiObs.Cost;
using AiObs.StoreContracts;

namespace AiObs.Tests.Cost.Ledger;

public sealed class InMemoryCostStoreContractTests : CostStoreContract
{
    protected override ValueTask<ICostStore> CreateStoreAsync() => new(new InMemoryCostStore());
}

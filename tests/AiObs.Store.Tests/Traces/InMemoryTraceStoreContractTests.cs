using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Traces;

public sealed class InMemoryTraceStoreContractTests : TraceStoreContract
{
    protected override ValueTask<ITraceStore> CreateStoreAsync(TimeProvider clock) => new(new InMemoryTraceStore(clock: clock));
}

using AiObs.Events.Log;
using AiObs.StoreContracts;

namespace AiObs.Tests.Events.Log;

public sealed class InMemoryEventLogContractTests : EventLogContract
{
    protected override ValueTask<IEventLog> CreateLogAsync() => new(new InMemoryEventLog(capacity: 20_000));
}

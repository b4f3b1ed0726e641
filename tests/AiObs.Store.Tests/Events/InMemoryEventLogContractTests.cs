namespace AiObs.Store.Tests.Events;

public sealed class InMemoryEventLogContractTests : EventLogContract
{
    protected override ValueTask<IEventLog> CreateLogAsync() => new(new InMemoryEventLog(capacity: 20_000));
}

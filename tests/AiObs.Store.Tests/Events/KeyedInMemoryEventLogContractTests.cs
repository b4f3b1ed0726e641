namespace AiObs.Store.Tests.Events;

public sealed class KeyedInMemoryEventLogContractTests : EventLogContract
{
    protected override ValueTask<IEventLog> CreateLogAsync() =>
        new(new InMemoryEventLog(capacity: 20_000, new EventLogOptions { HmacKey = [.. new byte[31], 1] }));
}

namespace AiObs.Store.Tests.Traces;

public sealed class InMemoryTraceFeedTests : TraceFeedContract
{
    protected override bool IsPolled => false;

    protected override ValueTask<(ITraceStore Store, ITraceFeed Feed)> CreateAsync(TimeProvider clock)
    {
        var store = new InMemoryTraceStore(new() { MaxTraces = 2_000 }, clock);
        return new((store, store));
    }
}

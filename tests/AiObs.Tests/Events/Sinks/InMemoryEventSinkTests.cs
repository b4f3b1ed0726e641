using AiObs.Events;
using AiObs.TestSupport.Contracts;

namespace AiObs.Tests.Events.Sinks;

public sealed class InMemoryEventSinkTests : EventSinkContract
{
    private readonly InMemoryEventSink _sink = new();

    [Fact]
    public async Task Capacity_Reached_LetsTheOldestGoAndCounts()
    {
        var sink = new InMemoryEventSink(capacity: 2);

        await sink.WriteAsync([.. Enumerable.Range(1, 5).Select(Of)], TestContext.Current.CancellationToken);

        Assert.Equal(["4", "5"], sink.Events.Select(item => item.Type));
        Assert.Equal(3, sink.DroppedCount);
    }

    [Fact]
    public async Task Clear_ForgetsAll()
    {
        await _sink.WriteAsync([Of(1)], TestContext.Current.CancellationToken);

        _sink.Clear();

        Assert.Empty(_sink.Events);
    }

    [Fact]
    public void Capacity_BelowOne_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new InMemoryEventSink(0));

    protected override IAgentEventSink CreateSink() => _sink;

    protected override ValueTask<IReadOnlyList<AgentEvent>> ReadAsync() => new(_sink.Events);

    private static AgentEvent Of(int number) => new() { Id = Guid.NewGuid(), Time = DateTimeOffset.UnixEpoch, Type = $"{number}" };
}

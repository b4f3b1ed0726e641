using AiObs.Events;
using AiObs.TestSupport.Contracts;

namespace AiObs.Tests.Events.Sinks;

public sealed class DelegateEventSinkTests : EventSinkContract
{
    private readonly List<AgentEvent> _written = [];

    [Fact]
    public void Constructor_Null_Throws() => Assert.Throws<ArgumentNullException>(() => new DelegateEventSink(null!));

    [Fact]
    public async Task WriteAsync_FunctionThrows_Throws()
    {
        var failure = new InvalidOperationException();
        var sink = new DelegateEventSink((_, _) => throw failure);

        Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await sink.WriteAsync([], TestContext.Current.CancellationToken)));
    }

    protected override IAgentEventSink CreateSink() => new DelegateEventSink((events, _) =>
    {
        _written.AddRange(events.DistinctBy(item => item.Id).Where(item => _written.TrueForAll(other => other.Id != item.Id)).ToList());
        return ValueTask.CompletedTask;
    });

    protected override ValueTask<IReadOnlyList<AgentEvent>> ReadAsync() => new(_written);
}

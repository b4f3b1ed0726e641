using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Tests.Events.Delivery;

/// <summary>A sink that never ends its own disposal holds up whoever owns it for the time of a shutdown, and nobody else.</summary>
public sealed class HangingDisposalTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Client_SinkHangsInItsDisposal_IsDisposedAfterTheTimeout(bool isAsynchronous)
    {
        await using var root = CreateRoot();
        using var hanging = new HangingSink();
        IAgentEventSink sink = isAsynchronous ? hanging : new BlockingSink(hanging);
        var model = new StubChatClient();
        var client = model.UseAgentObservability(root.Root).UseEventSink(sink, name: "stuck");

        var disposal = Task.Run(client.Dispose, TestContext.Current.CancellationToken);
        await hanging.Reached;
        Assert.False(disposal.IsCompleted);
        await root.AdvanceUntilAsync(disposal);

        Assert.Equal(1, model.DisposeCount);
        AssertCountedAndLogged(root, "Event sink stuck");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Root_SinkHangsInItsDisposal_IsDisposedAfterTheTimeout(bool isAsynchronous)
    {
        using var hanging = new HangingSink();
        var root = CreateRoot(builder =>
        {
            builder.Services.AddSingleton(_ => hanging);
            builder.AddEventSink<HangingSink>();
        });

        var disposal = isAsynchronous ? root.Root.DisposeAsync().AsTask() : Task.Run(root.Root.Dispose, TestContext.Current.CancellationToken);
        await hanging.Reached;
        Assert.False(disposal.IsCompleted);
        await root.AdvanceUntilAsync(disposal);

        AssertCountedAndLogged(root, "A sink or service of the root");
        await root.DisposeAsync();
    }

    [Fact]
    public async Task Client_WhileAnotherHangs_IsDisposedAtOnce()
    {
        await using var root = CreateRoot();
        using var hanging = new HangingSink();
        var stuck = new StubChatClient().UseAgentObservability(root.Root).UseEventSink(hanging);
        var sink = new StubEventSink();
        var other = new StubChatClient().UseAgentObservability(root.Root).UseEventSink(sink);
        await root.AskAsync(other);

        var disposal = Task.Run(stuck.Dispose, TestContext.Current.CancellationToken);
        await hanging.Reached;
        other.Dispose();
        Assert.False(disposal.IsCompleted);

        Assert.Equal(2, sink.Accepted.Count);
        Assert.Empty(root.Events.GetSinks());
        await root.AdvanceUntilAsync(disposal);
    }

    [Fact]
    public async Task Root_WhileAnotherHangs_IsDisposedAtOnce()
    {
        using var hanging = new HangingSink();
        var stuck = CreateRoot(builder =>
        {
            builder.Services.AddSingleton(_ => hanging);
            builder.AddEventSink<HangingSink>();
        });
        var other = CreateRoot();
        var sink = other.AddSink();
        await other.TrackAsync("a");

        var disposal = stuck.Root.DisposeAsync().AsTask();
        await hanging.Reached;
        await other.DisposeAsync();

        Assert.False(disposal.IsCompleted);
        Assert.Equal(["a"], sink.AcceptedTypes);
        await stuck.AdvanceUntilAsync(disposal);
        await stuck.DisposeAsync();
    }

    private static EventRoot CreateRoot(Action<AgentObservabilityBuilder>? build = null) => new(builder =>
    {
        builder.ConfigureEvents(options => options.ShutdownTimeout = Limit);
        build?.Invoke(builder);
    });

    private static void AssertCountedAndLogged(EventRoot root, string name)
    {
        Assert.Equal("dispose", root.Metrics.Only("aiobs.faults").Tags["aiobs.part"]);
        Assert.Equal(name, Assert.Single(root.Logs.GetSnapshot(), static log => log.Id.Id == 48).GetStructuredStateValue("Name"));
    }

    private sealed class HangingSink : IAgentEventSink, IAsyncDisposable, IDisposable
    {
        private readonly StubGate _gate = new();

        public Task Reached => _gate.Reached;

        public ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => new(_gate.WaitAsync(CancellationToken.None));

        public void Dispose() => _gate.Release();
    }

    private sealed class BlockingSink(HangingSink inner) : IAgentEventSink, IDisposable
    {
        public ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public void Dispose() => inner.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}

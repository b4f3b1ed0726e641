using AiObs.Chat;
using AiObs.Events;
using AiObs.Operations;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Tests.Observers;

/// <summary>Which root a client of a container has, and what the container's root is made of.</summary>
public sealed class ContainerTests
{
    private readonly string _source = $"container-{Guid.NewGuid():N}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sink_TakesTheChatClient_TheHostStartsAndItsCallsAreObserved(bool isObserver)
    {
        using var spans = new SpanCollector(_source);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddChatClient(static _ => new StubChatClient()).UseAgentObservability();
        var observability = builder.Services.AddAgentObservability(o => o.SourceName = _source);
        if (isObserver)
        {
            builder.Services.AddSingleton<IOperationObserver, AskingObserver>();
        }
        else
        {
            observability.AddEventSink<AskingSink>();
        }

        observability.ObserveChatClients();
        using var host = builder.Build();

        await host.StartAsync(Token);
        await host.Services.GetRequiredService<IChatClient>().GetResponseAsync("Hi", cancellationToken: Token);
        await host.StopAsync(Token);

        Assert.Single(spans.Spans);
    }

    [Fact]
    public async Task Sink_TakesTheRoot_IsGivenTheOneUnderWay()
    {
        await using var provider = new ServiceCollection().AddAgentObservability().AddEventSink<RootSink>().Services.BuildServiceProvider();

        var root = provider.GetRequiredService<AgentObservability>();

        Assert.Same(root, provider.GetRequiredService<RootSink>().Root);
        Assert.Single(root.Events.GetSinks());
    }

    [Fact]
    public async Task UseAgentObservability_ServicesBehindALoopWithAnotherRoot_WarnsThatTheyAreNotUsed()
    {
        var logs = new FakeLogCollector();
        var services = new ServiceCollection();
        services.AddSingleton(logs.ToFactory());
        services.AddAgentObservability();
        await using var provider = services.BuildServiceProvider();
        IChatClient loop = new FunctionInvokingChatClient(new StubChatClient().UseAgentObservability(static _ => { }));

        Assert.Same(loop, loop.UseAgentObservability(provider));
        Assert.Contains(logs.GetSnapshot(), static log => log.Id.Name == "TwoRootsFound");
    }

    [Fact]
    public async Task ObserveChatClients_BorrowedClientThatIsJoined_IsNotDisposed()
    {
        using var model = new StubChatClient();
        var services = new ServiceCollection();
        services.AddSingleton(model.UseAgentObservability(static _ => { }));
        services.AddAgentObservability().ObserveChatClients();
        var provider = services.BuildServiceProvider();

        Assert.IsType<ObservingChatClient>(provider.GetRequiredService<IChatClient>());
        await provider.DisposeAsync();

        Assert.Equal(0, model.DisposeCount);
    }

    private sealed class AskingSink(IChatClient client) : IAgentEventSink
    {
        public IChatClient Client => client;

        public ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }

    private sealed class AskingObserver(IChatClient client) : IOperationObserver
    {
        public IChatClient Client => client;

        public void Started(AgentOperation operation)
        {
        }

        public void Completed(AgentOperation operation)
        {
        }
    }

    private sealed class RootSink(AgentObservability root) : IAgentEventSink
    {
        public AgentObservability Root => root;

        public ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}

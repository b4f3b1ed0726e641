using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Cost.Tests.Observers;

/// <summary>Which root a client of a container has where the container prices calls.</summary>
public sealed class ContainerTests
{
    private readonly string _source = $"container-{Guid.NewGuid():N}";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ObserveChatClients_ClientWithARootOfItsOwn_MovesToTheContainersWithItsOptions(bool isInstance)
    {
        using var spans = new SpanCollector(_source);
        var services = new ServiceCollection();
        IChatClient Make() => new ToolRounds(1).Model.UseAgentObservability(static o => o.CaptureContent = ContentCapture.All);
        _ = isInstance ? services.AddSingleton(Make()) : services.AddSingleton(_ => Make());
        services.AddAgentObservability(o => o.SourceName = _source).AddCostTracking(CostFixture.Prices).ObserveChatClients();
        await using var provider = services.BuildServiceProvider();

        await Calls.MakeAsync(provider.GetRequiredService<IChatClient>(), isStreaming: false);

        Assert.Equal(1, provider.GetRequiredService<CostTracking>().Accumulator.Total.CallCount);
        Assert.NotNull(spans.Only().GetTagItem("gen_ai.input.messages"));
    }

    [Fact]
    public async Task ObserveChatClients_RootOfItsOwnBehindALoop_StaysWithAWarning()
    {
        var logs = new FakeLogCollector();
        var services = new ServiceCollection();
        services.AddSingleton(logs.ToFactory());
        services.AddSingleton<IChatClient>(static _ => new FunctionInvokingChatClient(new StubChatClient().UseAgentObservability(static _ => { })));
        services.AddAgentObservability().AddCostTracking().ObserveChatClients();
        await using var provider = services.BuildServiceProvider();

        var client = provider.GetRequiredService<IChatClient>();

        Assert.IsType<FunctionInvokingChatClient>(client);
        var log = Assert.Single(logs.GetSnapshot(), static log => log.Level == LogLevel.Warning);
        Assert.Equal("TwoRootsFound", log.Id.Name);
        Assert.Contains("UseAgentObservability(services, o => ...)", log.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ObserveChatClients_ObservedWithOptionsBehindALoop_IsLeftAsItIsWithoutAWord()
    {
        var logs = new FakeLogCollector();
        var services = new ServiceCollection();
        services.AddSingleton(logs.ToFactory());
        services.AddSingleton<IChatClient>(static provider => new FunctionInvokingChatClient(
            new StubChatClient().UseAgentObservability(provider, static o => o.CaptureContent = ContentCapture.All)));
        services.AddAgentObservability().AddCostTracking().ObserveChatClients();
        await using var provider = services.BuildServiceProvider();

        Assert.IsType<FunctionInvokingChatClient>(provider.GetRequiredService<IChatClient>());
        Assert.Empty(logs.GetSnapshot());
    }
}

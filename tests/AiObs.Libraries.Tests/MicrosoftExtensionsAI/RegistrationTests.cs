using AiObs.Cost.Pricing;
using AiObs.Events;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiObs.Libraries.Tests.MicrosoftExtensionsAI;

/// <summary>Clients in a container, as <c>AddChatClient</c> puts them there.</summary>
public sealed class RegistrationTests : LibraryTest
{
    [Fact]
    public async Task Sink_TakesAChatClient_IsMadeOnce()
    {
        var made = 0;
        var services = new ServiceCollection();
        services.AddChatClient(_ => new StubChatClient());
        services.AddTransient(_ =>
        {
            // A container that makes the sink again while it makes the sink never comes to an end.
            Assert.Equal(1, ++made);
            return new Rubric();
        });
        services.AddAgentObservability(options => options.RecordAttempts = false).AddEventSink<JudgingSink>().ObserveChatClients();
        await using var provider = services.BuildServiceProvider();

        Assert.NotNull(provider.GetRequiredService<AgentObservability>());
    }

    [Fact]
    public async Task Client_ObservedWithARootOfItsOwn_IsPricedOrWarnedOf()
    {
        var services = new ServiceCollection();
        services.AddFakeLogging();
        services.AddSingleton(_ => Weather.Scripted(Weather.Says).UseAgentObservability(options => options.CaptureContent = ContentCapture.Spans));
        services.AddAgentObservability().AddCostTracking(static options => options.Pricing.LocalCalls = LocalCallPricing.LikeProvider).ObserveChatClients();
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IChatClient>().GetResponseAsync(Weather.Question, cancellationToken: Token);

        var warnings = provider.GetFakeLogCollector().GetSnapshot().Where(log => log.Level == LogLevel.Warning);
        var records = (await provider.GetRequiredService<AgentObservability>().Costs!.Store.ListAsync(new(), Token)).Records;
        Assert.True(records.Count > 0 || warnings.Any(), "The container's root prices nothing, and nobody is told.");
    }

    private sealed class Rubric;

    private sealed class JudgingSink(Rubric rubric, IChatClient judge) : IAgentEventSink
    {
        public async ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken) =>
            await judge.GetResponseAsync($"{rubric}: {events.Count}", cancellationToken: cancellationToken);
    }
}

using AiObs.Store;
using AiObs.TestSupport;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace AiObs.Conversations.Tests;

public sealed class ConversationRegistrationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Root_WithoutConversations_HasNone()
    {
        await using var root = AgentObservability.Create();

        Assert.Null(root.Conversations);
    }

    [Fact]
    public async Task Container_AndRoot_HaveTheSame()
    {
        var services = new ServiceCollection();
        services.AddAgentObservability().AddConversations(static options => options.MaxMessageLength = 2_048).AddConversations(static options => options.RequireUser = true);
        await using var provider = services.BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<AgentConversations>(), provider.GetRequiredService<AgentObservability>().Conversations);
        Assert.IsType<InMemoryConversationStore>(provider.GetRequiredService<AgentConversations>().Store);
        Assert.Equal((2_048, true), (provider.GetRequiredService<IOptions<ConversationOptions>>().Value.MaxMessageLength, provider.GetRequiredService<IOptions<ConversationOptions>>().Value.RequireUser));
    }

    [Fact]
    public void Options_OutOfRange_AreRefusedWithWhatIsWrong()
    {
        var refused = Assert.Throws<OptionsValidationException>(() => AgentObservability.Create(static builder => builder.AddConversations(static options =>
        {
            options.TimeToLive = TimeSpan.FromSeconds(59);
            options.EraseExpiredEvery = TimeSpan.FromDays(25);
            options.MaxMessageLength = 1_023;
            options.TurnLease = TimeSpan.FromMilliseconds(999);
            options.SaveTimeout = TimeSpan.FromDays(2);
        })).Conversations);

        Assert.Equal(
            [
                "TimeToLive is 00:00:59. It must be at least 1 minute, or null for ever.",
                "EraseExpiredEvery is 25.00:00:00. It must lie between 1 minute and 24 days, or be null.",
                "MaxMessageLength is 1023. It must lie between 1024 and 268435456.",
                "TurnLease is 00:00:00.9990000. It must lie between 1 second and 1 day.",
                "SaveTimeout is 2.00:00:00. It must lie between 1 millisecond and 1 day.",
            ],
            refused.Failures);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Host_ErasesWhatHasExpiredAndTriesAgainWhereThatFails()
    {
        var clock = new TestClock();
        var store = new BrokenConversationStore();
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        var logs = new FakeLogCollector();
        builder.Services.AddSingleton<ILoggerProvider>(new FakeLoggerProvider(logs));
        builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton<IConversationStore>(store);
        builder.Services.AddAgentObservability().AddConversations(static options => (options.TimeToLive, options.EraseExpiredEvery) = (TimeSpan.FromHours(1), TimeSpan.FromMinutes(30)));
        using var host = builder.Build();
        var conversations = host.Services.GetRequiredService<AgentConversations>();
        await conversations.CreateAsync(new() { Id = "c" }, Token);
        store.IsBroken = true;
        await host.StartAsync(Token);
        await UntilAsync(() => logs.GetSnapshot().Any(static record => record.Id.Name == "ConversationExpiryFailed"));

        store.IsBroken = false;
        clock.Advance(TimeSpan.FromHours(2));

        while (await conversations.ExistsAsync("c", Token))
        {
            await Task.Yield();
        }

        Assert.Contains("could not be erased (System.IO.IOException); it is tried again in 00:30:00", logs.GetSnapshot().First(static record => record.Id.Name == "ConversationExpiryFailed").Message, StringComparison.Ordinal);
        await host.StopAsync(Token);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}

using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Tests.Hosting;

public sealed class RegistrationCheckTests
{
    [Fact]
    public async Task StartAsync_GeneratorRegisteredBefore_SaysNothing()
    {
        var logs = await StartAsync(
            before: services => services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>, OpenGenerator<string, Embedding<float>>>(), after: _ => { });

        Assert.Empty(logs);
    }

    [Fact]
    public async Task StartAsync_ChatClientsRegisteredBefore_SaysOnceWhereTheObserverStandsAndTheBetterLine()
    {
        var logs = await StartAsync(
            before: services =>
            {
                services.AddSingleton<IChatClient>(new StubChatClient()).AddSingleton<IChatClient>(new StubChatClient());
                services.AddKeyedSingleton<IChatClient>("cheap", new StubChatClient());
                services.AddAgentObservability().ObserveChatClients();
            },
            after: _ => { });

        var log = Assert.Single(logs);
        Assert.Equal((LogLevel.Information, "ObservedFromOutside"), (log.Level, log.Id.Name));
        Assert.Equal("IChatClient, IChatClient with key 'cheap'", log.GetStructuredStateValue("Clients"));
        Assert.Contains("services.AddChatClient(...).UseFunctionInvocation().UseAgentObservability()", log.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_RegisteredLater_WarnsOnceWithTheRemedy()
    {
        var logs = await StartAsync(
            before: _ => { }, after: services => services.AddSingleton<IChatClient>(new StubChatClient()));

        var log = Assert.Single(logs);
        Assert.Equal(LogLevel.Warning, log.Level);
        Assert.Equal("RegisteredTooLate", log.Id.Name);
        Assert.StartsWith("IChatClient was registered after ObserveChatClients()", log.Message, StringComparison.Ordinal);
        Assert.Contains("Move ObserveChatClients() to the end", log.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_KeyedGeneratorRegisteredLater_IsNamedWithTypesAndKey()
    {
        var logs = await StartAsync(
            before: _ => { },
            after: services => services.AddKeyedSingleton<IEmbeddingGenerator<string, Embedding<float>>, OpenGenerator<string, Embedding<float>>>("small"));

        Assert.Equal("IEmbeddingGenerator<String, Embedding<Single>> with key 'small'", Assert.Single(logs).GetStructuredStateValue("Service"));
    }

    [Fact]
    public async Task StartAsync_OpenGeneric_SaysThatItCannotBeDecorated()
    {
        var logs = await StartAsync(
            before: services => services.AddSingleton(typeof(IEmbeddingGenerator<,>), typeof(OpenGenerator<,>)), after: _ => { });

        var log = Assert.Single(logs);
        Assert.Equal("CannotBeDecorated", log.Id.Name);
        Assert.Equal("IEmbeddingGenerator", log.GetStructuredStateValue("Service"));
    }

    [Fact]
    public async Task StartAsync_ObserveChatClientsCalledTwice_WarnsOnce()
    {
        var logs = await StartAsync(
            before: services => services.AddAgentObservability().ObserveChatClients(),
            after: services => services.AddSingleton<IChatClient>(new StubChatClient()));

        Assert.Single(logs);
    }

    private static async Task<IReadOnlyList<FakeLogRecord>> StartAsync(
        Action<IServiceCollection> before, Action<IServiceCollection> after)
    {
        var logs = new FakeLogCollector();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(logs.ToFactory());
        before(builder.Services);
        builder.Services.AddAgentObservability().ObserveChatClients();
        after(builder.Services);
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
        return [.. logs.GetSnapshot().Where(log => log.Category == "AiObs")];
    }
}

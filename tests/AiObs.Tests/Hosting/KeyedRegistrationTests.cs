using AiObs.Chat;
using AiObs.Embeddings;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Tests.Hosting;

public sealed class KeyedRegistrationTests
{
    private readonly ServiceCollection _services = [];

    [Fact]
    public async Task ObserveChatClients_KeyedInstance_IsObserved()
    {
        using var stub = new StubChatClient();
        _services.AddKeyedSingleton<IChatClient>("a", stub);
        await using var provider = Build();

        var client = provider.GetRequiredKeyedService<IChatClient>("a");

        Assert.IsType<ObservingChatClient>(client);
        Assert.Same(stub, client.GetService<StubChatClient>());
    }

    [Fact]
    public async Task ObserveChatClients_ServicesAsAKernelHasThem_AreAllObserved()
    {
        foreach (var serviceId in (string?[])[null, "fast", "strong"])
        {
            _services.AddKeyedSingleton<IChatClient>(serviceId, (_, _) => new StubChatClient());
            _services.AddKeyedSingleton<IEmbeddingGenerator<string, Embedding<float>>>(serviceId, (_, _) => new FixedEmbeddingGenerator<string, Embedding<float>>([]));
        }

        await using var provider = Build();

        foreach (var serviceId in (string?[])[null, "fast", "strong"])
        {
            Assert.IsType<ObservingChatClient>(provider.GetKeyedService<IChatClient>(serviceId));
            Assert.NotNull(provider.GetKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(serviceId)!
                .GetService<ObservingEmbeddingGenerator<string, Embedding<float>>>());
        }

        Assert.IsType<ObservingChatClient>(provider.GetRequiredService<IChatClient>());
        Assert.Equal(2, provider.GetKeyedServices<IChatClient>(KeyedService.AnyKey).OfType<ObservingChatClient>().Count());
    }

    [Fact]
    public async Task ObserveChatClients_KeyedFactory_IsGivenItsKey()
    {
        object? asked = null;
        _services.AddKeyedTransient<IChatClient>("a", (_, key) =>
        {
            asked = key;
            return new StubChatClient();
        });
        await using var provider = Build();

        Assert.IsType<ObservingChatClient>(provider.GetRequiredKeyedService<IChatClient>("a"));
        Assert.Equal("a", asked);
    }

    [Fact]
    public async Task ObserveChatClients_KeyedTypeThatAsksForItsKey_IsGivenIt()
    {
        _services.AddKeyedSingleton<IChatClient, KeyedChatClient>("a");
        _services.AddKeyedSingleton<IChatClient, KeyedChatClient>("b");
        await using var provider = Build();

        Assert.Equal("a", Inner("a").Key);
        Assert.Equal("b", Inner("b").Key);

        KeyedChatClient Inner(string key) => provider.GetRequiredKeyedService<IChatClient>(key).GetService<KeyedChatClient>()!;
    }

    [Fact]
    public async Task ObserveChatClients_TypeForAnyKey_MakesOneClientPerKey()
    {
        _services.AddKeyedSingleton<IChatClient, KeyedChatClient>(KeyedService.AnyKey);
        await using var provider = Build();

        var a = provider.GetRequiredKeyedService<IChatClient>("a");

        Assert.Equal("a", a.GetService<KeyedChatClient>()!.Key);
        Assert.Same(a, provider.GetRequiredKeyedService<IChatClient>("a"));
        Assert.Equal("b", provider.GetRequiredKeyedService<IChatClient>("b").GetService<KeyedChatClient>()!.Key);
    }

    [Fact]
    public async Task ObserveChatClients_SameTypeAndKeyTwice_StayTwoClients()
    {
        _services.AddKeyedSingleton<IChatClient, ContainerChatClient>("a");
        _services.AddKeyedSingleton<IChatClient, ContainerChatClient>("a");
        await using var provider = Build();

        var inner = provider.GetKeyedServices<IChatClient>("a").Select(client => client.GetService<ContainerChatClient>()).ToArray();

        Assert.Equal(2, inner.Length);
        Assert.NotSame(inner[0], inner[1]);
    }

    [Fact]
    public async Task ObserveChatClients_AllKeysAskedFor_FindsOnlyObservedClients()
    {
        _services.AddSingleton<IChatClient, ContainerChatClient>();
        _services.AddKeyedSingleton<IChatClient, ContainerChatClient>("a");
        _services.AddKeyedSingleton<IChatClient>("b", (_, _) => new StubChatClient());
        await using var provider = Build();

        var clients = provider.GetKeyedServices<IChatClient>(KeyedService.AnyKey).ToArray();

        Assert.Equal(2, clients.Length);
        Assert.All(clients, client => Assert.IsType<ObservingChatClient>(client));
    }

    private ServiceProvider Build()
    {
        _services.AddAgentObservability().ObserveChatClients();
        return _services.BuildServiceProvider(validateScopes: true);
    }
}

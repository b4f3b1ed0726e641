using AiObs.Chat;
using AiObs.Embeddings;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Tests.Hosting;

public sealed class ObserveChatClientsTests
{
    private readonly ServiceCollection _services = [];

    public static TheoryData<Action<IServiceCollection>> Registrations => new()
    {
        services => services.AddSingleton<IChatClient>(new StubChatClient()),
        services => services.AddSingleton<IChatClient, ContainerChatClient>(),
        services => services.AddScoped<IChatClient, ContainerChatClient>(),
        services => services.AddTransient<IChatClient, ContainerChatClient>(),
        services => services.AddSingleton<IChatClient>(_ => new StubChatClient()),
        services => services.AddScoped<IChatClient>(_ => new StubChatClient()),
        services => services.AddTransient<IChatClient>(_ => new StubChatClient()),
    };

    [Theory]
    [MemberData(nameof(Registrations), DisableDiscoveryEnumeration = true)]
    public async Task ObserveChatClients_AnyRegistration_ItsCallsLeaveSpans(Action<IServiceCollection> register)
    {
        var source = $"di-{Guid.NewGuid():N}";
        using var spans = new SpanCollector(source);
        register(_services);
        _services.AddAgentObservability(o => o.SourceName = source).ObserveChatClients();
        await using var provider = Build();
        await using var scope = provider.CreateAsyncScope();

        var client = scope.ServiceProvider.GetRequiredService<IChatClient>();
        await client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("chat stub-model", spans.Only().DisplayName);
    }

    [Theory]
    [MemberData(nameof(Registrations), DisableDiscoveryEnumeration = true)]
    public async Task ObserveChatClients_AnyRegistration_KeepsItsLifetime(Action<IServiceCollection> register)
    {
        register(_services);
        var before = Assert.Single(_services);
        _services.AddAgentObservability().ObserveChatClients();

        var after = Assert.Single(_services, service => service.ServiceType == typeof(IChatClient));

        Assert.Equal(before.Lifetime, after.Lifetime);
        await using var provider = Build();
        await using var one = provider.CreateAsyncScope();
        await using var two = provider.CreateAsyncScope();
        var first = one.ServiceProvider.GetRequiredService<IChatClient>();
        Assert.Equal(before.Lifetime != ServiceLifetime.Transient, ReferenceEquals(first, one.ServiceProvider.GetRequiredService<IChatClient>()));
        Assert.Equal(before.Lifetime == ServiceLifetime.Singleton, ReferenceEquals(first, two.ServiceProvider.GetRequiredService<IChatClient>()));
    }

    [Fact]
    public async Task ObserveChatClients_SeveralOfOneService_AreAllObservedInOrder()
    {
        using var first = new StubChatClient();
        using var second = new StubChatClient();
        _services.AddSingleton<IChatClient>(first).AddSingleton<IChatClient>(second).AddAgentObservability().ObserveChatClients();
        await using var provider = Build();

        var clients = provider.GetServices<IChatClient>().ToArray();

        Assert.All(clients, client => Assert.IsType<ObservingChatClient>(client));
        Assert.Equal([first, second], clients.Select(client => client.GetService<StubChatClient>()));
    }

    [Fact]
    public async Task ObserveChatClients_ClientMadeByTheContainer_HasTheConstructorThatTheContainerChooses()
    {
        _services.AddSingleton<Disposals>().AddSingleton<IChatClient, ContainerChatClient>().AddAgentObservability().ObserveChatClients();
        await using var provider = Build();

        var client = provider.GetRequiredService<IChatClient>().GetService<ContainerChatClient>();

        Assert.True(client!.HasDisposals);
    }

    [Fact]
    public void ObserveChatClients_CalledTwice_DecoratesOnce()
    {
        _services.AddSingleton<IChatClient, ContainerChatClient>();
        _services.AddKeyedSingleton<IChatClient, ContainerChatClient>("a");
        var builder = _services.AddAgentObservability().ObserveChatClients();
        var once = _services.ToArray();

        builder.ObserveChatClients();

        Assert.Equal(once, _services);
    }

    [Fact]
    public async Task ObserveChatClients_CalledAgain_ObservesWhatCameSince()
    {
        var builder = _services.AddAgentObservability().ObserveChatClients();
        _services.AddSingleton<IChatClient, ContainerChatClient>();
        builder.ObserveChatClients();
        await using var provider = Build();

        Assert.IsType<ObservingChatClient>(provider.GetRequiredService<IChatClient>());
    }

    [Fact]
    public async Task ObserveChatClients_RegisteredLater_IsLeftAsItIs()
    {
        _services.AddAgentObservability().ObserveChatClients();
        _services.AddSingleton<IChatClient, ContainerChatClient>();
        await using var provider = Build();

        Assert.IsType<ContainerChatClient>(provider.GetRequiredService<IChatClient>());
    }

    [Fact]
    public async Task ObserveChatClients_ClientIsObservedAlready_IsLeftAsItIs()
    {
        IChatClient? made = null;
        _services.AddSingleton(provider => made = new StubChatClient().UseAgentObservability(provider));
        _services.AddAgentObservability().ObserveChatClients();
        await using var provider = Build();

        Assert.Same(provider.GetRequiredService<IChatClient>(), made);
    }

    [Fact]
    public async Task ObserveChatClients_RegistrationForwardsToAnother_BothAreTheSameClient()
    {
        _services.AddSingleton<IChatClient, ContainerChatClient>();
        _services.AddKeyedSingleton<IChatClient>("default", (provider, _) => provider.GetRequiredService<IChatClient>());
        _services.AddAgentObservability().ObserveChatClients();
        await using var provider = Build();

        Assert.Same(provider.GetRequiredService<IChatClient>(), provider.GetRequiredKeyedService<IChatClient>("default"));
    }

    [Fact]
    public async Task ObserveChatClients_EmbeddingGenerators_AreObserved()
    {
        _services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>, OpenGenerator<string, Embedding<float>>>();
        _services.AddKeyedScoped<IEmbeddingGenerator<int, Embedding<sbyte>>>("odd", (_, _) => new OpenGenerator<int, Embedding<sbyte>>());
        _services.AddAgentObservability().ObserveChatClients();
        await using var provider = Build();
        await using var scope = provider.CreateAsyncScope();

        Assert.IsType<ObservingEmbeddingGenerator<string, Embedding<float>>>(
            scope.ServiceProvider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>());
        Assert.IsType<ObservingEmbeddingGenerator<int, Embedding<sbyte>>>(
            scope.ServiceProvider.GetRequiredKeyedService<IEmbeddingGenerator<int, Embedding<sbyte>>>("odd"));
    }

    [Fact]
    public async Task ObserveChatClients_OpenGenericGenerator_IsLeftAsItIs()
    {
        _services.AddSingleton(typeof(IEmbeddingGenerator<,>), typeof(OpenGenerator<,>));
        _services.AddAgentObservability().ObserveChatClients();
        await using var provider = Build();

        Assert.IsType<OpenGenerator<string, Embedding<float>>>(
            provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>());
    }

    [Fact]
    public void ObserveChatClients_OtherServices_AreLeftAsTheyAre()
    {
        _services.AddSingleton<Disposals>();
        _services.AddSingleton<ContainerChatClient>();
        var before = _services.ToArray();

        _services.AddAgentObservability().ObserveChatClients();

        Assert.Equal(before, _services.Where(before.Contains));
    }

    private ServiceProvider Build() => _services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
}

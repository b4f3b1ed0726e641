using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Tests.Hosting;

public sealed class ClientDisposalTests
{
    private readonly ServiceCollection _services = [];
    private readonly Disposals _disposals = new();

    public static TheoryData<Action<IServiceCollection>> Singletons => new()
    {
        services => services.AddSingleton<IChatClient, ContainerChatClient>(),
        services => services.AddSingleton<IChatClient>(provider => new ContainerChatClient(provider.GetRequiredService<Disposals>())),
        services => services.AddKeyedSingleton<IChatClient, ContainerChatClient>("a"),
        services => services.AddKeyedSingleton<IChatClient>("a", (provider, _) => new ContainerChatClient(provider.GetRequiredService<Disposals>())),
    };

    public static TheoryData<Action<IServiceCollection>> Scoped => new()
    {
        services => services.AddScoped<IChatClient, ContainerChatClient>(),
        services => services.AddTransient<IChatClient, ContainerChatClient>(),
        services => services.AddScoped<IChatClient>(provider => new ContainerChatClient(provider.GetRequiredService<Disposals>())),
        services => services.AddTransient<IChatClient>(provider => new ContainerChatClient(provider.GetRequiredService<Disposals>())),
    };

    [Theory]
    [MemberData(nameof(Singletons), DisableDiscoveryEnumeration = true)]
    public void Dispose_SingletonMadeByTheContainer_IsDisposedOnceWithIt(Action<IServiceCollection> register)
    {
        var provider = Build(register);
        using (var scope = provider.CreateScope())
        {
            _ = scope.ServiceProvider.GetService<IChatClient>() ?? scope.ServiceProvider.GetRequiredKeyedService<IChatClient>("a");
        }

        Assert.Equal(0, _disposals.Plain);
        provider.Dispose();

        Assert.Equal(1, _disposals.Plain);
    }

    [Theory]
    [MemberData(nameof(Scoped), DisableDiscoveryEnumeration = true)]
    public void Dispose_ClientOfAScope_IsDisposedOnceWithTheScope(Action<IServiceCollection> register)
    {
        using var provider = Build(register);
        using (var scope = provider.CreateScope())
        {
            scope.ServiceProvider.GetRequiredService<IChatClient>();
            Assert.Equal(0, _disposals.Plain);
        }

        Assert.Equal(1, _disposals.Plain);
    }

    [Fact]
    public void Dispose_InstanceOfTheApplication_IsNotDisposed()
    {
        using var plain = new StubChatClient();
        using var keyed = new StubChatClient();
        using var generator = new StubEmbeddingGenerator<string, Embedding<float>>(_ => throw new InvalidOperationException());
        var provider = Build(services => services
            .AddSingleton<IChatClient>(plain)
            .AddKeyedSingleton<IChatClient>("a", keyed)
            .AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(generator));
        provider.GetRequiredService<IChatClient>();
        provider.GetRequiredKeyedService<IChatClient>("a");
        provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        provider.Dispose();

        Assert.Equal(0, plain.DisposeCount);
        Assert.Equal(0, keyed.DisposeCount);
        Assert.Equal(0, generator.DisposeCount);
    }

    [Fact]
    public void Dispose_ObservedInstanceOfTheApplication_IsNotDisposed()
    {
        using var stub = new StubChatClient();
        using var observed = stub.UseAgentObservability();
        var provider = Build(services => services.AddSingleton(observed));
        provider.GetRequiredService<IChatClient>();

        provider.Dispose();

        Assert.Equal(0, stub.DisposeCount);
    }

    [Fact]
    public void Dispose_GeneratorMadeByAFactory_IsDisposedOnce()
    {
        var generator = new StubEmbeddingGenerator<string, Embedding<float>>(_ => throw new InvalidOperationException());
        var provider = Build(services => services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(_ => generator));
        provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        provider.Dispose();

        Assert.Equal(1, generator.DisposeCount);
    }

    [Fact]
    public async Task DisposeAsync_ClientPrefersIt_IsDisposedAsynchronously()
    {
        var provider = Build(services => services.AddSingleton<IChatClient, AsyncChatClient>());
        provider.GetRequiredService<IChatClient>();

        await provider.DisposeAsync();

        Assert.Equal(1, _disposals.Asynchronous);
        Assert.Equal(0, _disposals.Plain);
    }

    private ServiceProvider Build(Action<IServiceCollection> register)
    {
        _services.AddSingleton(_disposals);
        register(_services);
        _services.AddAgentObservability().ObserveChatClients();
        return _services.BuildServiceProvider(validateScopes: true);
    }
}

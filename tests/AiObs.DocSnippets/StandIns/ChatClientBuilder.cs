#pragma warning disable IDE0130 // The generator looks for the real names.
namespace Microsoft.Extensions.AI;
#pragma warning restore IDE0130

/// <summary>Stands in for the builder of Microsoft.Extensions.AI, with its signatures, so that snippets with it compile and the generated methods with them.</summary>
public sealed class ChatClientBuilder(IChatClient innerClient)
{
    private readonly List<Func<IChatClient, IServiceProvider, IChatClient>> _stages = [];

    public ChatClientBuilder Use(Func<IChatClient, IServiceProvider, IChatClient> clientFactory)
    {
        _stages.Add(clientFactory);
        return this;
    }

    public ChatClientBuilder UseFunctionInvocation() => Use(static (inner, _) => inner);

    public IChatClient Build(IServiceProvider? services = null)
    {
        var client = innerClient;
        for (var i = _stages.Count - 1; i >= 0; i--)
        {
            client = _stages[i](client, services ?? NoServices.Instance);
        }

        return client;
    }

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}

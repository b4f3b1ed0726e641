namespace Microsoft.Extensions.AI;

/// <summary>Stands in for the builder of Microsoft.Extensions.AI.</summary>
internal sealed class ChatClientBuilder(IChatClient innerClient)
{
    private readonly List<Func<IChatClient, IServiceProvider, IChatClient>> _stages = [];

    public ChatClientBuilder Use(Func<IChatClient, IServiceProvider, IChatClient> clientFactory)
    {
        _stages.Add(clientFactory);
        return this;
    }

    public IChatClient Build() =>
        Enumerable.Reverse(_stages).Aggregate(innerClient, static (client, stage) => stage(client, new NoServices()));

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Microsoft.Extensions.AI;

public sealed class ChatClientBuilder
{
    private readonly Func<IServiceProvider, IChatClient> _innermost;
    private readonly Stack<Func<IChatClient, IServiceProvider, IChatClient>> _stages = [];

    public ChatClientBuilder(IChatClient innerClient) => _innermost = _ => innerClient;

    public ChatClientBuilder(Func<IServiceProvider, IChatClient> innerClientFactory) => _innermost = innerClientFactory;

    public IChatClient Build(IServiceProvider? services = null)
    {
        services ??= new NoServices();

        return _stages.Aggregate(_innermost(services), (inner, stage) => stage(inner, services));
    }

    public ChatClientBuilder Use(Func<IChatClient, IChatClient> clientFactory) => Use((inner, _) => clientFactory(inner));

    public ChatClientBuilder Use(Func<IChatClient, IServiceProvider, IChatClient> clientFactory)
    {
        _stages.Push(clientFactory);

        return this;
    }

    public ChatClientBuilder Use(
        Func<
            IEnumerable<ChatMessage>,
            ChatOptions?,
            Func<IEnumerable<ChatMessage>, ChatOptions?, CancellationToken, Task>,
            CancellationToken,
            Task> sharedFunc) =>
        throw new NotSupportedException("Stands here for overload resolution.");

    public ChatClientBuilder Use(
        Func<IEnumerable<ChatMessage>, ChatOptions?, IChatClient, CancellationToken, Task<ChatResponse>>? getResponseFunc,
        Func<IEnumerable<ChatMessage>, ChatOptions?, IChatClient, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>>?
            getStreamingResponseFunc) =>
        throw new NotSupportedException("Stands here for overload resolution.");

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}

public static class ChatClientBuilderChatClientExtensions
{
    public static ChatClientBuilder AsBuilder(this IChatClient innerClient) => new(innerClient);
}

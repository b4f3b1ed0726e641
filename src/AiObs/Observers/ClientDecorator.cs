using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AiObs.Observers;

/// <summary>Puts observation on clients of one service type.</summary>
internal abstract class ClientDecorator
{
    /// <summary>The types of generators whose decorators exist without run-time code generation.</summary>
    private static readonly Dictionary<Type, ClientDecorator> Known = new()
    {
        [typeof(IChatClient)] = new ChatClientDecorator(),
        [typeof(IEmbeddingGenerator<string, Embedding<float>>)] = new EmbeddingGeneratorDecorator<string, Embedding<float>>(),
        [typeof(IEmbeddingGenerator<string, Embedding<double>>)] = new EmbeddingGeneratorDecorator<string, Embedding<double>>(),
        [typeof(IEmbeddingGenerator<string, Embedding<Half>>)] = new EmbeddingGeneratorDecorator<string, Embedding<Half>>(),
        [typeof(IEmbeddingGenerator<string, BinaryEmbedding>)] = new EmbeddingGeneratorDecorator<string, BinaryEmbedding>(),
        [typeof(IEmbeddingGenerator<AIContent, Embedding<float>>)] = new EmbeddingGeneratorDecorator<AIContent, Embedding<float>>(),
        [typeof(IEmbeddingGenerator<DataContent, Embedding<float>>)] = new EmbeddingGeneratorDecorator<DataContent, Embedding<float>>(),
    };

    /// <summary>Tells whether a service is a chat client or an embedding generator.</summary>
    public static bool IsClient(Type serviceType) => serviceType == typeof(IChatClient)
        || (serviceType.IsGenericType && serviceType.GetGenericTypeDefinition() == typeof(IEmbeddingGenerator<,>));

    /// <summary>Finds what decorates a type of client; <see langword="null"/> where there can be nothing.</summary>
    public static ClientDecorator? For(Type clientType)
    {
        if (clientType.ContainsGenericParameters)
        {
            return null;
        }

        if (Known.TryGetValue(clientType, out var known))
        {
            return known;
        }

        return RuntimeFeature.IsDynamicCodeSupported
            ? (ClientDecorator?)Activator.CreateInstance(
                typeof(EmbeddingGeneratorDecorator<,>).MakeGenericType(clientType.GenericTypeArguments))
            : null;
    }

    /// <summary>Puts observation on a client; on one that is observed already, none.</summary>
    /// <param name="client">The client.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="isBorrowed">Whether somebody else disposes the client.</param>
    public abstract object Decorate(object client, ObserverRequest request, bool isBorrowed);
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Microsoft.Extensions.AI;

public sealed class EmbeddingGeneratorBuilder<TInput, TEmbedding>
    where TEmbedding : Embedding
{
    private readonly Func<IServiceProvider, IEmbeddingGenerator<TInput, TEmbedding>> _innermost;
    private readonly Stack<Func<IEmbeddingGenerator<TInput, TEmbedding>, IServiceProvider, IEmbeddingGenerator<TInput, TEmbedding>>>
        _stages = [];

    public EmbeddingGeneratorBuilder(IEmbeddingGenerator<TInput, TEmbedding> innerGenerator) => _innermost = _ => innerGenerator;

    public EmbeddingGeneratorBuilder(Func<IServiceProvider, IEmbeddingGenerator<TInput, TEmbedding>> innerGeneratorFactory) =>
        _innermost = innerGeneratorFactory;

    public IEmbeddingGenerator<TInput, TEmbedding> Build(IServiceProvider? services = null)
    {
        services ??= new NoServices();

        return _stages.Aggregate(_innermost(services), (inner, stage) => stage(inner, services));
    }

    public EmbeddingGeneratorBuilder<TInput, TEmbedding> Use(
        Func<IEmbeddingGenerator<TInput, TEmbedding>, IEmbeddingGenerator<TInput, TEmbedding>> generatorFactory) =>
        Use((inner, _) => generatorFactory(inner));

    public EmbeddingGeneratorBuilder<TInput, TEmbedding> Use(
        Func<IEmbeddingGenerator<TInput, TEmbedding>, IServiceProvider, IEmbeddingGenerator<TInput, TEmbedding>> generatorFactory)
    {
        _stages.Push(generatorFactory);

        return this;
    }

    public EmbeddingGeneratorBuilder<TInput, TEmbedding> Use(
        Func<
            IEnumerable<TInput>,
            EmbeddingGenerationOptions?,
            IEmbeddingGenerator<TInput, TEmbedding>,
            CancellationToken,
            Task<GeneratedEmbeddings<TEmbedding>>>? generateFunc) =>
        throw new NotSupportedException("Stands here for overload resolution.");

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}

public static class EmbeddingGeneratorBuilderEmbeddingGeneratorExtensions
{
    public static EmbeddingGeneratorBuilder<TInput, TEmbedding> AsBuilder<TInput, TEmbedding>(
        this IEmbeddingGenerator<TInput, TEmbedding> innerGenerator)
        where TEmbedding : Embedding =>
        new(innerGenerator);
}

using System.Diagnostics;
using AiObs.Operations;
using AiObs.Pipeline;
using Microsoft.Extensions.AI;

namespace AiObs.Embeddings;

/// <summary>An embedding generator that is observed: each request is one embedding span, with metrics and log records, priced and held to budgets where that is wanted.</summary>
/// <typeparam name="TInput">What is embedded.</typeparam>
/// <typeparam name="TEmbedding">The kind of embedding made of it.</typeparam>
/// <remarks>With nothing listening it hands out the inner generator's task as it is.</remarks>
internal sealed class ObservingEmbeddingGenerator<TInput, TEmbedding> : DelegatingEmbeddingGenerator<TInput, TEmbedding>
    where TEmbedding : Embedding
{
    private readonly IDisposable? _disposed;
    private readonly EmbeddingRecorder _recorder;

    /// <summary>Initializes a new instance of the <see cref="ObservingEmbeddingGenerator{TInput, TEmbedding}"/> class.</summary>
    /// <param name="innerGenerator">The generator to observe.</param>
    /// <param name="pipeline">What carries the operations.</param>
    /// <param name="parts">What it was made of, which it disposes.</param>
    /// <param name="disposed">What it disposes beside its parts: the inner generator, or the observer whose place it takes; <see langword="null"/> where somebody else does.</param>
    public ObservingEmbeddingGenerator(
        IEmbeddingGenerator<TInput, TEmbedding> innerGenerator, OperationPipeline pipeline, IDisposable parts, IDisposable? disposed)
        : base(innerGenerator)
    {
        Pipeline = pipeline;
        Parts = parts;
        _disposed = disposed;
        _recorder = EmbeddingRecorder.For(pipeline, innerGenerator);
    }

    /// <summary>Gets what carries the operations.</summary>
    public OperationPipeline Pipeline { get; }

    /// <summary>Gets what it was made of.</summary>
    public IDisposable Parts { get; }

    /// <summary>Gets the generator that is observed.</summary>
    public IEmbeddingGenerator<TInput, TEmbedding> Inner => InnerGenerator;

    /// <summary>Finds the nearest decorator in a generator that observes its requests; <see langword="null"/> where none does that is not off by its own options.</summary>
    public static ObservingEmbeddingGenerator<TInput, TEmbedding>? FindIn(IEmbeddingGenerator<TInput, TEmbedding> generator)
    {
        var found = Next(generator);
        while (found is { Pipeline.Options.Enabled: false })
        {
            found = Next(found.InnerGenerator);
        }

        return found;
    }

    /// <inheritdoc/>
    public override Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        values is not null && _recorder.FollowsCalls
            ? ObserveAsync(values, options, cancellationToken)
            : base.GenerateAsync(values!, options, cancellationToken);

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) => (serviceKey, serviceType) switch
    {
        (null, _) when serviceType == typeof(ActivitySource) => Pipeline.Source,
        _ => (serviceKey is null ? Pipeline.FindService(serviceType) : null) ?? base.GetService(serviceType, serviceKey),
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing: false);
        if (disposing)
        {
            // Its own parts first: its sinks may hang on those of the observer whose place it takes.
            Parts.Dispose();
            _disposed?.Dispose();
        }
    }

    private static ObservingEmbeddingGenerator<TInput, TEmbedding>? Next(IEmbeddingGenerator<TInput, TEmbedding> generator) =>
        ClientServices.Ask(generator, static generator => generator.GetService<ObservingEmbeddingGenerator<TInput, TEmbedding>>());

    private async Task<GeneratedEmbeddings<TEmbedding>> ObserveAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        values = RequestSequence<TInput>.Of(values);
        var prepared = _recorder.Prepare(values, options);
        if (prepared is not null)
        {
            // What is asked behind this may need the caller's context.
            await _recorder.AdmitAsync(prepared, cancellationToken).ConfigureAwait(true);
        }

        if (prepared is null || _recorder.Open(prepared) is not { } operation)
        {
            return await base.GenerateAsync(values, options, cancellationToken).ConfigureAwait(false);
        }

        GeneratedEmbeddings<TEmbedding> embeddings;
        try
        {
            var answer = base.GenerateAsync(values, options, cancellationToken).OfClient(InnerGenerator);
            if (!answer.IsCompleted)
            {
                operation.NoteWaiting();
            }

            embeddings = await answer.ConfigureAwait(false);
            _recorder.Complete(operation, embeddings);
        }
        catch (Exception exception)
        {
            _recorder.Fail(operation, exception, cancellationToken.IsCancellationRequested);
            await operation.SettleEventsAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }

        await operation.ConfirmEventsAsync(cancellationToken).ConfigureAwait(false);
        return embeddings;
    }
}

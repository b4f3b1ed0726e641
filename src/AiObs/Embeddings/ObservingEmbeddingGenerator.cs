using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace AiObs.Embeddings;

/// <summary>An embedding generator that is observed: each request is one embedding span, with metrics and log records.</summary>
/// <typeparam name="TInput">What is embedded.</typeparam>
/// <typeparam name="TEmbedding">The kind of embedding made of it.</typeparam>
/// <remarks>With nothing listening it hands out the inner generator's task as it is.</remarks>
public sealed class ObservingEmbeddingGenerator<TInput, TEmbedding> : DelegatingEmbeddingGenerator<TInput, TEmbedding>
    where TEmbedding : Embedding
{
    private readonly AgentObservability _observability;
    private readonly bool _ownsObservability;
    private readonly EmbeddingRecorder _recorder;

    internal ObservingEmbeddingGenerator(
        IEmbeddingGenerator<TInput, TEmbedding> innerGenerator, AgentObservability observability, bool ownsObservability)
        : base(innerGenerator)
    {
        _observability = observability;
        _ownsObservability = ownsObservability;
        _recorder = EmbeddingRecorder.For(observability.Pipeline, innerGenerator);
    }

    /// <inheritdoc/>
    public override Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        values is not null && _recorder.IsListening
            ? GenerateObservedAsync(values, options, cancellationToken)
            : base.GenerateAsync(values!, options, cancellationToken);

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ActivitySource) && serviceKey is null
            ? _observability.Pipeline.Source
            : base.GetService(serviceType, serviceKey);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && _ownsObservability)
        {
            _observability.Dispose();
        }
    }

    private async Task<GeneratedEmbeddings<TEmbedding>> GenerateObservedAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        var list = values as IList<TInput> ?? [.. values];
        if (_recorder.Start(list, options) is not { } operation)
        {
            return await base.GenerateAsync(list, options, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var embeddings = await base.GenerateAsync(list, options, cancellationToken).ConfigureAwait(false);
            _recorder.Complete(operation, embeddings);
            return embeddings;
        }
        catch (Exception exception)
        {
            _recorder.Fail(operation, exception, cancellationToken.IsCancellationRequested);
            throw;
        }
    }
}

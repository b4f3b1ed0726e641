using AiObs.Cost;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Embeddings;

/// <summary>The one path that observed requests of a generator take, whichever decorator observes them.</summary>
internal sealed class EmbeddingCalls<TInput, TEmbedding>(
    IEmbeddingGenerator<TInput, TEmbedding> inner, OperationPipeline pipeline, CostTracking? costs)
    where TEmbedding : Embedding
{
    private readonly EmbeddingRecorder _recorder = EmbeddingRecorder.For(pipeline, inner, costs);

    /// <summary>Gets what records the requests, for a generator further out.</summary>
    public EmbeddingRecorder Recorder => _recorder;

    public Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options, CancellationToken cancellationToken) =>
        values is not null && _recorder.IsListening
            ? GenerateObservedAsync(values, options, cancellationToken)
            : inner.GenerateAsync(values!, options, cancellationToken);

    private async Task<GeneratedEmbeddings<TEmbedding>> GenerateObservedAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        var list = values as IList<TInput> ?? [.. values];
        if (_recorder.Start(list, options) is not { } operation)
        {
            return await inner.GenerateAsync(list, options, cancellationToken).ConfigureAwait(false);
        }

        GeneratedEmbeddings<TEmbedding> embeddings;
        try
        {
            embeddings = await inner.GenerateAsync(list, options, cancellationToken).ConfigureAwait(false);
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

using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Cost;

/// <summary>Records costs of results that carry their usage.</summary>
public static class AiObsCostRecorderExtensions
{
    /// <summary>Prices the usage of embeddings and records it.</summary>
    /// <typeparam name="TEmbedding">The type of the embeddings.</typeparam>
    /// <param name="recorder">The recorder.</param>
    /// <param name="embeddings">The embeddings of one request.</param>
    /// <param name="details">What the embeddings do not tell.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The record, unpriced where there is no price or no usage. It is not kept where the store has one of the same call.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="recorder"/> or <paramref name="embeddings"/> is <see langword="null"/>.</exception>
    public static ValueTask<CostRecord> RecordAsync<TEmbedding>(
        this ICostRecorder recorder,
        GeneratedEmbeddings<TEmbedding> embeddings,
        CostRecording? details = null,
        CancellationToken cancellationToken = default)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(recorder);
        ArgumentNullException.ThrowIfNull(embeddings);
        details ??= new();
        return recorder.RecordAsync(
            embeddings.Usage,
            details with
            {
                Operation = OperationKind.Embeddings,
                ResponseModel = details.ResponseModel ?? (embeddings.Count > 0 ? embeddings[0].ModelId : null),
            },
            cancellationToken);
    }
}

using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Cost;

/// <summary>Prices and records calls that no client with cost tracking made: responses from elsewhere, from a batch, from before.</summary>
/// <remarks>
/// What a client with cost tracking returned is recorded already: a response whose id it has recorded within the last hour is priced and left out, unless another provider
/// gave that id. Budgets do not hear of these calls. The records go to the same
/// <see cref="ICostStore"/> and, where they are new, to the same <see cref="CostAccumulator"/>.
/// </remarks>
public interface ICostRecorder
{
    /// <summary>Prices a chat response and records it.</summary>
    /// <param name="response">The response.</param>
    /// <param name="details">What the response does not tell.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The record, unpriced where there is no price or no usage. It is not kept where the store has one of the same call, or where a client with cost tracking has recorded the response.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="response"/> is <see langword="null"/>.</exception>
    ValueTask<CostRecord> RecordAsync(
        ChatResponse response, CostRecording? details = null, CancellationToken cancellationToken = default);

    /// <summary>Prices a usage and records it.</summary>
    /// <param name="usage">The usage; <see langword="null"/> when it is not known.</param>
    /// <param name="details">Which call it is of: at least <see cref="CostRecording.RequestModel"/> or <see cref="CostRecording.ResponseModel"/>, or it stays unpriced.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The record, unpriced where there is no price or no usage. It is not kept where the store has one of the same call, or where a client with cost tracking has recorded the response.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="details"/> is <see langword="null"/>.</exception>
    ValueTask<CostRecord> RecordAsync(UsageDetails? usage, CostRecording details, CancellationToken cancellationToken = default);

    /// <summary>Prices the usage of embeddings and records it.</summary>
    /// <typeparam name="TEmbedding">The type of the embeddings.</typeparam>
    /// <param name="embeddings">The embeddings of one request.</param>
    /// <param name="details">What the embeddings do not tell.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The record, unpriced where there is no price or no usage. It is not kept where the store has one of the same call, or where a client with cost tracking has recorded the response.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="embeddings"/> is <see langword="null"/>.</exception>
    ValueTask<CostRecord> RecordAsync<TEmbedding>(
        GeneratedEmbeddings<TEmbedding> embeddings, CostRecording? details = null, CancellationToken cancellationToken = default)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        details ??= new();
        return RecordAsync(
            embeddings.Usage,
            details with
            {
                Operation = OperationKind.Embeddings,
                ResponseModel = details.ResponseModel ?? (embeddings.Count > 0 ? embeddings[0].ModelId : null),
            },
            cancellationToken);
    }
}

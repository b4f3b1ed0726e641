using System.Diagnostics;
using AiObs.Embeddings;
using Microsoft.Extensions.AI;

namespace AiObs.Cost;

/// <summary>An embedding generator whose requests are priced and held to their budgets.</summary>
/// <typeparam name="TInput">What is embedded.</typeparam>
/// <typeparam name="TEmbedding">The kind of embedding made of it.</typeparam>
/// <remarks>Where the requests are observed further in, those observations are priced; where they are not, this generator observes them itself.</remarks>
public sealed class CostTrackingEmbeddingGenerator<TInput, TEmbedding> : DelegatingEmbeddingGenerator<TInput, TEmbedding>
    where TEmbedding : Embedding
{
    private readonly AgentObservability _observability;
    private readonly CostTracking _costs;
    private readonly IDisposable? _owned;
    private readonly EmbeddingCalls<TInput, TEmbedding>? _calls;
    private readonly CostPath _path;

    internal CostTrackingEmbeddingGenerator(IEmbeddingGenerator<TInput, TEmbedding> innerGenerator, CostClientParts parts)
        : base(innerGenerator)
    {
        _observability = parts.Observability;
        _costs = parts.Costs;
        _owned = parts.Owned;
        _path = new CostPath(_costs, innerGenerator.GetService<CostTracking>());
        _calls = EmbeddingRecorder.IsObserved(innerGenerator)
            ? null
            : new EmbeddingCalls<TInput, TEmbedding>(innerGenerator, _observability.Pipeline, _costs);
    }

    /// <inheritdoc/>
    public override Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (_calls is not null)
        {
            return _calls.GenerateAsync(values, options, cancellationToken);
        }

        return _observability.Pipeline.IsOn
            ? PassDownAsync(values, options, cancellationToken)
            : base.GenerateAsync(values, options, cancellationToken);
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) => (serviceKey, serviceType) switch
    {
        (null, _) when serviceType == typeof(CostTracking) => _costs,
        (null, _) when serviceType == typeof(AgentObservability) => _calls is null ? base.GetService(serviceType) ?? _observability : _observability,
        (null, _) when serviceType == typeof(EmbeddingRecorder) && _calls is not null => _calls.Recorder,
        (null, _) when serviceType == typeof(ActivitySource) && _calls is not null => _observability.Pipeline.Source,
        _ => base.GetService(serviceType, serviceKey),
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _owned?.Dispose();
        }
    }

    private async Task<GeneratedEmbeddings<TEmbedding>> PassDownAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        // Lasts until this method returns.
        AgentContext.PassDown(_path.Scope);
        return await base.GenerateAsync(values, options, cancellationToken).ConfigureAwait(false);
    }
}

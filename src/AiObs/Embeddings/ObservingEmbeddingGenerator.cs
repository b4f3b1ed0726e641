using System.Diagnostics;
using AiObs.Cost;
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
    private readonly CostTracking? _costs;
    private readonly EmbeddingCalls<TInput, TEmbedding> _calls;

    internal ObservingEmbeddingGenerator(
        IEmbeddingGenerator<TInput, TEmbedding> innerGenerator, AgentObservability observability, bool ownsObservability)
        : base(innerGenerator)
    {
        _observability = observability;
        _ownsObservability = ownsObservability;
        _costs = observability.Pipeline.Faults.Get("metadata", innerGenerator, static inner => inner.GetService<CostTracking>());
        _calls = new EmbeddingCalls<TInput, TEmbedding>(innerGenerator, observability.Pipeline, _costs);
    }

    /// <inheritdoc/>
    public override Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        _calls.GenerateAsync(values, options, cancellationToken);

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) => (serviceKey, serviceType) switch
    {
        (null, _) when serviceType == typeof(ActivitySource) => _observability.Pipeline.Source,
        (null, _) when serviceType == typeof(AgentObservability) => _observability,
        (null, _) when serviceType == typeof(EmbeddingRecorder) => _calls.Recorder,
        (null, _) when serviceType == typeof(CostTracking) => _costs ?? _observability.Costs,
        _ => base.GetService(serviceType, serviceKey),
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && _ownsObservability)
        {
            _observability.Dispose();
        }
    }
}

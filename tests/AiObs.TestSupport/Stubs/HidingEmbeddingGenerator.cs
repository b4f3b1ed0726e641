using Microsoft.Extensions.AI;

namespace AiObs.TestSupport.Stubs;

/// <summary>Passes requests on, and tells nobody what is inside but for the model's metadata.</summary>
public sealed class HidingEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> innerGenerator)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(innerGenerator)
{
    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? base.GetService(serviceType, serviceKey) : null;
}

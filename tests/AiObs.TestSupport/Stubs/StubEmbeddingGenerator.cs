using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace AiObs.TestSupport.Stubs;

/// <summary>A scripted embedding generator that records what it is called with.</summary>
public sealed class StubEmbeddingGenerator<TInput, TEmbedding>(
    Func<StubEmbeddingCall<TInput>, Task<GeneratedEmbeddings<TEmbedding>>> onGenerate) : IEmbeddingGenerator<TInput, TEmbedding>
    where TEmbedding : Embedding
{
    private readonly CollectedList<StubEmbeddingCall<TInput>> _calls = new();

    /// <summary>Gets or sets what the generator says about itself.</summary>
    public EmbeddingGeneratorMetadata? Metadata { get; set; } = new("stub", new Uri("http://localhost:8080"), "stub-embedding", 3);

    /// <summary>Gets or sets the other services that GetService finds.</summary>
    public Func<Type, object?, object?> OnGetService { get; set; } = (_, _) => null;

    /// <summary>Gets the calls so far, in order.</summary>
    public IReadOnlyList<StubEmbeddingCall<TInput>> Calls => _calls.Items;

    /// <summary>Gets how often the generator was disposed.</summary>
    public int DisposeCount { get; private set; }

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = new StubEmbeddingCall<TInput>(values, options, Activity.Current, cancellationToken);
        _calls.Add(call);

        return onGenerate(call);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        if (serviceKey is null && serviceType == typeof(EmbeddingGeneratorMetadata))
        {
            return Metadata;
        }

        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : OnGetService(serviceType, serviceKey);
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeCount++;
}

using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Tracing;

/// <summary>What is known when texts are embedded without an observed generator.</summary>
public sealed record EmbeddingStart : SpanStart<EmbeddingStop>
{
    /// <summary>Gets the texts to embed. Required.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>Gets the requested number of dimensions.</summary>
    public int? Dimensions { get; init; }

    /// <summary>Gets the provider, in the spelling of <c>gen_ai.provider.name</c>.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the server's address.</summary>
    public Uri? Endpoint { get; init; }

    internal override string Kind => "embedding";

    internal override string? FindMissing() => Texts is null ? nameof(Texts) : null;

    internal override AgentOperation CreateOperation(TracerParts parts, string name) =>
        new EmbeddingOperation(ModelEndpoint.From(Provider, Endpoint), name) { Dimensions = Dimensions, InputCount = Texts!.Count };

    internal override void Record(TracerParts parts, AgentOperation operation)
    {
        if (parts.Masker.Records)
        {
            ((EmbeddingOperation)operation).Texts = [.. Texts!.Select(text => parts.Masker.EmbeddingText(operation, text))];
        }
    }

    internal override EmbeddingStop? StopFrom(object result) => result switch
    {
        GeneratedEmbeddings<Embedding<float>> embeddings => new()
        {
            Vectors = [.. embeddings.Select(static embedding => embedding.Vector)],
            Usage = embeddings.Usage,
            ResponseModel = embeddings.FirstOrDefault()?.ModelId,
        },
        IReadOnlyList<ReadOnlyMemory<float>> vectors => new() { Vectors = vectors },
        _ => null,
    };
}

using AiObs.Operations;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Tracing;

/// <summary>What is known when texts have been embedded.</summary>
public sealed record EmbeddingStop : SpanStop
{
    /// <summary>Gets the vectors, one per text.</summary>
    public IReadOnlyList<ReadOnlyMemory<float>>? Vectors { get; init; }

    /// <summary>Gets the tokens used.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>Gets the model that answered.</summary>
    public string? ResponseModel { get; init; }

    internal override void Apply(TracerParts parts, AgentOperation operation)
    {
        var embedding = (EmbeddingOperation)operation;
        embedding.ResponseModel = ResponseModel;
        embedding.Usage = UsageNormalizer.Normalize(Usage);
        embedding.Count = Vectors?.Count;
        if (!parts.Masker.Records || Vectors is null)
        {
            return;
        }

        if (parts.Masker.HidesVectors)
        {
            embedding.AreVectorsHidden = true;
        }
        else
        {
            embedding.Vectors = [.. Vectors.Select(static vector => Array.ConvertAll(vector.ToArray(), static value => (double)value))];
        }
    }
}

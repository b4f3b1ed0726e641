namespace AiObs.Operations;

/// <summary>One embedding request.</summary>
public sealed class EmbeddingOperation : ModelOperation
{
    internal EmbeddingOperation(ModelEndpoint endpoint, string? requestModel)
        : base(OperationKind.Embeddings, endpoint, requestModel)
    {
    }

    /// <summary>Gets the requested number of dimensions, or the model's default.</summary>
    public int? Dimensions { get; internal set; }

    /// <summary>Gets how many inputs the request has; <see langword="null"/> as long as that is not known.</summary>
    public int? InputCount { get; internal set; }

    /// <summary>Gets how many embeddings came back; <see langword="null"/> until they did.</summary>
    public int? Count { get; internal set; }

    /// <summary>Gets the texts to embed, one entry per input; an entry is <see langword="null"/> where the input is not text. The list is <see langword="null"/> unless content is recorded.</summary>
    public IReadOnlyList<string?>? Texts { get; internal set; }

    /// <summary>Gets the vectors, one per input; <see langword="null"/> unless content is recorded and vectors are not hidden.</summary>
    public IReadOnlyList<double[]?>? Vectors { get; internal set; }

    /// <summary>Gets a value indicating whether vectors came back and were hidden.</summary>
    public bool AreVectorsHidden { get; internal set; }

    /// <summary>Gets what is embedded: a list, of what was no list as far as the model has read it.</summary>
    internal object? Values => RequestIdentity is IRequestSequence sequence ? sequence.HandedOn : RequestIdentity;
}

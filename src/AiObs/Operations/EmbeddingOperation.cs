using AiObs.Operations.Content;

namespace AiObs.Operations;

/// <summary>One embedding request.</summary>
/// <remarks><see cref="Input"/> holds the text, or a JSON array of several, and <see cref="Output"/> how many vectors came back and of what length.</remarks>
public sealed class EmbeddingOperation : ModelOperation
{
    internal EmbeddingOperation(ModelEndpoint endpoint, string? requestModel)
        : base(OperationKind.Embeddings, endpoint, requestModel)
    {
    }

    /// <summary>Gets the requested number of dimensions, or the model's default.</summary>
    public int? Dimensions { get; internal set; }

    /// <summary>Gets the format that the vectors were asked for in, such as <c>base64</c>; <see langword="null"/> where the request does not say.</summary>
    public string? EncodingFormat { get; internal set; }

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

    /// <inheritdoc/>
    public override RecordedValue? Input
    {
        get => base.Input ??= EmbeddingJson.WriteInput(Texts);
        internal set => base.Input = value;
    }

    /// <inheritdoc/>
    public override RecordedValue? Output
    {
        get => base.Output ??= AreVectorsHidden ? RecordedValue.Redacted : EmbeddingJson.WriteOutput(Vectors);
        internal set => base.Output = value;
    }

    /// <summary>Gets what is embedded: a list, of what was no list as far as the model has read it.</summary>
    internal object? Values => RequestIdentity is IRequestSequence sequence ? sequence.HandedOn : RequestIdentity;
}

namespace AiObs.Operations;

/// <summary>One embedding request.</summary>
public sealed class EmbeddingOperation : ModelOperation
{
    private volatile bool _isOwn;
    private volatile bool _hasNested;

    internal EmbeddingOperation(ModelEndpoint endpoint, string? requestModel)
        : base(OperationKind.Embeddings, endpoint, requestModel)
    {
    }

    /// <summary>Gets the requested number of dimensions, or the model's default.</summary>
    public int? Dimensions { get; internal set; }

    /// <summary>Gets how many embeddings came back; <see langword="null"/> until they did.</summary>
    public int? Count { get; internal set; }

    /// <summary>Gets the texts to embed, one entry per input; an entry is <see langword="null"/> where the input is not text. The list is <see langword="null"/> unless content is recorded.</summary>
    public IReadOnlyList<string?>? Texts { get; internal set; }

    /// <summary>Gets the vectors, one per input; <see langword="null"/> unless content is recorded and vectors are not hidden.</summary>
    public IReadOnlyList<double[]?>? Vectors { get; internal set; }

    /// <summary>Gets a value indicating whether vectors came back and were hidden.</summary>
    public bool AreVectorsHidden { get; internal set; }

    /// <summary>Gets a value indicating whether one of our generators further in notes here every request that reaches the model through it, so that none noted means none made.</summary>
    internal bool IsSeenFurtherIn { get; init; }

    internal override bool IsPaidInside => !_isOwn && (_hasNested || IsSeenFurtherIn);

    internal override void SettleUsage()
    {
        if (IsPaidInside)
        {
            Usage = null;
        }
    }

    /// <summary>Notes that the very request went on to the model.</summary>
    internal void NoteOwn() => _isOwn = true;

    /// <summary>Notes a request that was made of this one, such as a part of it, and has an operation of its own.</summary>
    internal void NoteNested() => _hasNested = true;
}

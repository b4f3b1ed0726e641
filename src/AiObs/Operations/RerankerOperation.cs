namespace AiObs.Operations;

/// <summary>A re-scoring of candidate documents.</summary>
/// <remarks><see cref="AgentOperation.Input"/> holds the query and <see cref="AgentOperation.Output"/> the candidates in their new order as JSON.</remarks>
public sealed class RerankerOperation : AgentOperation
{
    internal RerankerOperation(string name)
        : base(OperationKind.Reranker) => Name = name;

    /// <summary>Gets the model that scores.</summary>
    public string? Model { get; internal set; }

    /// <summary>Gets how many documents were asked for.</summary>
    public int? TopK { get; internal set; }

    /// <summary>Gets the candidates; <see langword="null"/> unless content is recorded.</summary>
    public IReadOnlyList<RecordedDocument>? InputDocuments { get; internal set; }

    /// <summary>Gets the candidates in their new order; <see langword="null"/> unless content is recorded.</summary>
    public IReadOnlyList<RecordedDocument>? OutputDocuments { get; internal set; }
}

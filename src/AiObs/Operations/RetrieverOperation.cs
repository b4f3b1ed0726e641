namespace AiObs.Operations;

/// <summary>A fetch of documents.</summary>
/// <remarks><see cref="AgentOperation.Input"/> holds the query, <see cref="AgentOperation.Output"/> the documents as JSON, and <see cref="AgentOperation.Name"/> the data source.</remarks>
public sealed class RetrieverOperation : AgentOperation
{
    internal RetrieverOperation(string? name)
        : base(OperationKind.Retriever) => Name = name;

    /// <summary>Gets how many documents were asked for.</summary>
    public int? TopK { get; internal set; }

    /// <summary>Gets the documents found; <see langword="null"/> unless content is recorded.</summary>
    public IReadOnlyList<RecordedDocument>? Documents { get; internal set; }
}
